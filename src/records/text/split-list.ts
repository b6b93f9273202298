import { integer } from '../../json/json-patterns.js';
import { parseJson } from '../../json/parse-json.js';
import type { RecordText, Source } from '../answer.js';
import type { RecordMatcher } from './record-matcher.js';
import { TextWindow } from './text-window.js';

const HEAD = /\{(?:"range":(\{[^{}]*\}),)?"items":\[/y;
const TAIL = /\](?:,"range":(\{[^{}]*\}))?\}[ \t\n\r]*$/y;

const COUNT = `(${integer(15)})`;
const USUAL_RANGE = new RegExp(`^\\{"offset":${COUNT},"limit":${COUNT},"total":${COUNT}\\}$`);

const COMMA = 44;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

interface Records {
  records: RecordText[];
  /** Behind the last of them, in the text that the window then has; -1 if neither the list ends there nor it is cut. */
  end: number;
  /** Whether the list goes on behind them. */
  isCut: boolean;
}

function findRecords(window: TextWindow, from: number, matcher: RecordMatcher, limit: number): Records {
  const records: RecordText[] = [];
  let start = from;
  for (;;) {
    let record = matcher.read(window.text, start);
    while (!record && window.advance(start)) {
      start = 0;
      record = matcher.read(window.text, start);
    }
    if (!record) return { records, end: records.length === 0 ? start : -1, isCut: false };
    if (records.length < limit) records.push(record);
    let { end } = record;
    if (end === window.text.length && window.advance(end)) end = 0;
    if (window.text.charCodeAt(end) !== COMMA) return { records, end, isCut: false };
    if (records.length >= limit) return { records, end, isCut: true };
    start = end + 1;
  }
}

/** What stands behind the list, whole. */
function tailOf(window: TextWindow, from: number): RegExpExecArray | null {
  let start = from;
  while (window.advance(start)) start = 0;
  return matchAt(TAIL, window.text, start);
}

/** The end of a list of which only the beginning is read. */
const tailBehindCut = (bytes: Buffer): RegExpExecArray | null =>
  matchAt(TAIL, bytes.toString('latin1', Math.max(0, bytes.lastIndexOf(']'))), 0);

/** For a list of few items, parsing its range would cost as much as all of them. @throws SyntaxError if it is no JSON */
function readRange(text: string): unknown {
  const usual = USUAL_RANGE.exec(text);
  return usual ? { offset: Number(usual[1]), limit: Number(usual[2]), total: Number(usual[3]) } : parseJson(text);
}

function split(bytes: Buffer, matcher: RecordMatcher, limit: number): Source | undefined {
  const window = new TextWindow(bytes);
  const head = matchAt(HEAD, window.text, 0);
  if (!head) return undefined;
  const { records: items, end, isCut } = findRecords(window, HEAD.lastIndex, matcher, limit);
  const tail = end < 0 ? null : isCut ? tailBehindCut(bytes) : tailOf(window, end);
  const ranges = [head[1], tail?.[1]].filter((range) => range !== undefined);
  if (!tail || ranges.length > 1) return undefined;
  return ranges[0] === undefined ? { items } : { items, range: readRange(ranges[0]) };
}

/**
 * Reads the first `limit` items of a list answer, in UTF-8, without making values of them: they stay text, which is looked
 * through once to make sure that it is JSON. Items beyond are not looked at. Undefined for an answer that holds anything
 * but `items` and `range`, or is not written compactly: it has to be parsed.
 */
export function splitList(bytes: Buffer, matcher: RecordMatcher, limit: number): Source | undefined {
  try {
    return split(bytes, matcher, limit);
  } catch {
    // A range that is no JSON, or a record of more parts than a regular expression can keep count of.
    return undefined;
  }
}
