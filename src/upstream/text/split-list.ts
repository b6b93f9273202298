import { integer } from '../../json/json-patterns.js';
import { parseJson } from '../../json/parse-json.js';
import type { Source } from '../answer.js';
import type { RecordMatcher } from './record-matcher.js';
import { RecordText } from './record-text.js';

const HEAD = /\{(?:"range":(\{[^{}]*\}),)?"items":\[/y;
const TAIL = /\](?:,"range":(\{[^{}]*\}))?\}\s*$/y;

const COUNT = `(${integer(15)})`;
const USUAL_RANGE = new RegExp(`^\\{"offset":${COUNT},"limit":${COUNT},"total":${COUNT}\\}$`);

const COMMA = 44;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function findRecords(text: string, from: number, matcher: RecordMatcher): { records: RecordText[]; end: number } {
  const records: RecordText[] = [];
  let start = from;
  for (let end = matcher.endOf(text, start); end >= 0; end = matcher.endOf(text, start)) {
    records.push(new RecordText(text, start, end));
    if (text.charCodeAt(end) !== COMMA) return { records, end };
    start = end + 1;
  }
  return { records, end: records.length === 0 ? from : -1 };
}

/** For a list of few items, parsing its range would cost as much as all of them. @throws SyntaxError where it is no JSON */
function readRange(text: string): unknown {
  const usual = USUAL_RANGE.exec(text);
  return usual ? { offset: Number(usual[1]), limit: Number(usual[2]), total: Number(usual[3]) } : parseJson(text);
}

function split(text: string, matcher: RecordMatcher): Source | undefined {
  const head = matchAt(HEAD, text, 0);
  if (!head) return undefined;
  const { records: items, end } = findRecords(text, HEAD.lastIndex, matcher);
  const tail = end < 0 ? null : matchAt(TAIL, text, end);
  const ranges = [head[1], tail?.[1]].filter((range) => range !== undefined);
  if (!tail || ranges.length > 1) return undefined;
  return ranges[0] === undefined ? { items } : { items, range: readRange(ranges[0]) };
}

/**
 * Reads a list answer without making values of its items: they stay text, which is looked through once to make sure that
 * it is JSON. `text` has one character for each byte of its UTF-8. Undefined for whatever else than `items` and `range`,
 * compactly written, an answer may be: that has to be parsed.
 */
export function splitList(text: string, matcher: RecordMatcher): Source | undefined {
  try {
    return split(text, matcher);
  } catch {
    // A range that is no JSON, or a record of more parts than a regular expression can keep count of.
    return undefined;
  }
}
