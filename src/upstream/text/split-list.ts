import { integer } from '../../json/json-patterns.js';
import { parseJson } from '../../json/parse-json.js';
import type { Source } from '../answer.js';
import type { RecordMatcher } from './record-matcher.js';
import { RecordText } from './record-text.js';
import { TextWindow } from './text-window.js';

const HEAD = /\{(?:"range":(\{[^{}]*\}),)?"items":\[/y;
const TAIL = /\](?:,"range":(\{[^{}]*\}))?\}\s*$/y;

const COUNT = `(${integer(15)})`;
const USUAL_RANGE = new RegExp(`^\\{"offset":${COUNT},"limit":${COUNT},"total":${COUNT}\\}$`);

const COMMA = 44;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

interface Records {
  records: RecordText[];
  /** Behind the last of them, in what the window shows then; -1 where something else than the end of the list stands there. */
  end: number;
}

function findRecords(window: TextWindow, from: number, matcher: RecordMatcher): Records {
  const records: RecordText[] = [];
  let start = from;
  for (;;) {
    let end = matcher.endOf(window.text, start);
    while (end < 0 && window.advance(start)) {
      start = 0;
      end = matcher.endOf(window.text, start);
    }
    if (end < 0) return { records, end: records.length === 0 ? start : -1 };
    records.push(new RecordText(window.text, start, end));
    if (end === window.text.length && window.advance(end)) end = 0;
    if (window.text.charCodeAt(end) !== COMMA) return { records, end };
    start = end + 1;
  }
}

/** What stands behind the list, whole. */
function tailOf(window: TextWindow, from: number): RegExpExecArray | null {
  let start = from;
  while (window.advance(start)) start = 0;
  return matchAt(TAIL, window.text, start);
}

/** For a list of few items, parsing its range would cost as much as all of them. @throws SyntaxError where it is no JSON */
function readRange(text: string): unknown {
  const usual = USUAL_RANGE.exec(text);
  return usual ? { offset: Number(usual[1]), limit: Number(usual[2]), total: Number(usual[3]) } : parseJson(text);
}

function split(bytes: Buffer, matcher: RecordMatcher): Source | undefined {
  const window = new TextWindow(bytes);
  const head = matchAt(HEAD, window.text, 0);
  if (!head) return undefined;
  const { records: items, end } = findRecords(window, HEAD.lastIndex, matcher);
  const tail = end < 0 ? null : tailOf(window, end);
  const ranges = [head[1], tail?.[1]].filter((range) => range !== undefined);
  if (!tail || ranges.length > 1) return undefined;
  return ranges[0] === undefined ? { items } : { items, range: readRange(ranges[0]) };
}

/**
 * Reads a list answer, in UTF-8, without making values of its items: they stay text, which is looked through once to make
 * sure that it is JSON. Undefined for whatever else than `items` and `range`, compactly written, an answer may be: that has
 * to be parsed.
 */
export function splitList(bytes: Buffer, matcher: RecordMatcher): Source | undefined {
  try {
    return split(bytes, matcher);
  } catch {
    // A range that is no JSON, or a record of more parts than a regular expression can keep count of.
    return undefined;
  }
}
