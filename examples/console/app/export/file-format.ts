/** What the last line of a file says: docs/doors.md. */
export interface FileEnd {
  complete: boolean;
  rows: number;
  startedAt: string;
  endedAt: string;
  /** Why the file is not complete. */
  code?: string;
  detail?: string;
}

interface FormatTraits {
  mediaType: string;
  /** Lines before the first row. */
  headLines: number;
  /** Whether line ends within quotes belong to a value. */
  hasQuotedLines: boolean;
  /** The JSON of the last line, if it is the end of a file. */
  endIn: (line: string) => string | undefined;
}

export type FileFormat = 'csv' | 'jsonl';

export const FILE_FORMATS: Readonly<Record<FileFormat, FormatTraits>> = {
  csv: {
    mediaType: 'text/csv',
    headLines: 1,
    hasQuotedLines: true,
    endIn: (line) => /^"# (\{.*\})",*$/.exec(line)?.[1]?.replaceAll('""', '"'),
  },
  jsonl: {
    mediaType: 'application/jsonl',
    headLines: 0,
    hasQuotedLines: false,
    endIn: (line) => /^\{"end":(\{.*\})\}$/.exec(line)?.[1],
  },
};

/** The end of a file by its last characters: `…\n{"end":{"complete":true,…}}\n` → `{ complete: true, … }`. Undefined if it was cut. */
export function toFileEnd(tail: string, format: FileFormat): FileEnd | undefined {
  if (!tail.endsWith('\n')) return undefined;
  const json = FILE_FORMATS[format].endIn(tail.trimEnd().split('\n').at(-1) ?? '');
  return json === undefined ? undefined : (JSON.parse(json) as FileEnd);
}

const LINE_END = 0x0a;
const QUOTE = 0x22;

/** Counts the rows in the chunks of a file, the end among them once it is there. Returns the rows so far. */
export function createRowCounter(format: FileFormat): (chunk: Uint8Array) => number {
  const { headLines, hasQuotedLines } = FILE_FORMATS[format];
  let lines = 0;
  let isQuoted = false;
  return (chunk) => {
    for (const byte of chunk) {
      if (byte === QUOTE && hasQuotedLines) isQuoted = !isQuoted;
      else if (byte === LINE_END && !isQuoted) lines += 1;
    }
    return Math.max(0, lines - headLines);
  };
}
