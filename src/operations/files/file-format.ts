import { isRecord } from '../../json/parse-json.js';
import type { Row } from './read-rows.js';

/** What the end of a file says. */
export interface FileEnd {
  /** Whether all rows are in the file. */
  complete: boolean;
  rows: number;
  /** Different ids among the rows, if that was counted. */
  uniqueIds?: number;
  /** The rows were read between these instants. ISO 8601. */
  startedAt: string;
  endedAt: string;
  /** Why the file is not complete. */
  code?: string;
  detail?: string;
  /** To go on: the cursor, and how many rows come before it. */
  resume?: { after: string; rows: number };
}

export interface FileFormat {
  /** First line; empty if there is none. */
  head(columns: readonly string[]): string;
  row(row: Row, columns: readonly string[]): string;
  /** Last line; empty if there is none. */
  end(end: FileEnd, columns: readonly string[]): string;
}

/** As JSON.stringify, of parsed JSON with exact integers: `[1, 9007199254740993n]` → `[1,9007199254740993]` */
function toJson(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, part]) => `${JSON.stringify(key)}:${toJson(part)}`)
    .join(',')}}`;
}

/** Spreadsheets take a text that begins like this for a formula. */
const FORMULA = /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/;
const NEEDS_QUOTES = /[",\r\n]/;

const quoted = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A cell by RFC 4180. Lists are JSON; a text that a spreadsheet would execute begins with an apostrophe: `=1+1` → `'=1+1` */
function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return quoted(FORMULA.test(value) ? `'${value}` : value);
  return quoted(toJson(value));
}

const toLine = (cells: readonly unknown[]): string => `${cells.map(toCell).join(',')}\r\n`;

const csv = (hasEnd: boolean): FileFormat => ({
  head: toLine,
  row: toLine,
  end: (end, columns) => (hasEnd ? toLine([`# ${JSON.stringify(end)}`, ...columns.slice(1).map(() => '')]) : ''),
});

const JSONL: FileFormat = {
  head: () => '',
  row: (row, columns) => `{${columns.map((name, at) => `${JSON.stringify(name)}:${toJson(row[at])}`).join(',')}}\n`,
  end: (end) => `${JSON.stringify({ end })}\n`,
};

/** By media type. */
export const FILE_FORMATS: Readonly<Record<string, FileFormat>> = {
  'text/csv; charset=utf-8': csv(true),
  'text/csv; charset=utf-8; end=absent': csv(false),
  'application/jsonl; charset=utf-8': JSONL,
};
