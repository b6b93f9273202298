import { RECORD_LEVELS, SCALAR, objectWithin, valueOf as valueWithin } from '../../json/json-patterns.js';
import {
  type CopiedProperties,
  type RecordOutline,
  copiedProperties,
  mergeOutlines,
  outlineOf,
} from './record-outline.js';
import { type AnswerSource, RecordText, type TextLayout } from '../answer.js';
import type { ShapeName } from '../decode.js';
import { splitList } from './split-list.js';

const NESTED = valueWithin(RECORD_LEVELS);
/** The group of what is not copied, which captures nothing. */
const UNSOUND_GROUP = 1;

/** Finds the records of an outline by one pattern, and captures what may be copied of them. */
class RecordLayout implements TextLayout {
  readonly places: ReadonlyMap<string, number>;
  readonly required: readonly number[] | undefined;
  private readonly pattern: RegExp;

  constructor(
    readonly outline: RecordOutline,
    copied: CopiedProperties,
    /** The number of the read that found a record by it last. */
    public usedAt: number,
  ) {
    const { names, nested, unsound } = outline;
    const captured = names.filter((name) => copied.has(name) && !unsound.has(name));
    this.places = new Map([
      ...captured.map((name, index): [string, number] => [name, UNSOUND_GROUP + 1 + index]),
      ...[...unsound].map((name): [string, number] => [name, UNSOUND_GROUP]),
    ]);
    const required = [...copied].filter(([, { isRequired }]) => isRequired).map(([name]) => this.places.get(name));
    const isSeen = unsound.size === 0 && required.every((place) => place !== undefined);
    this.required = isSeen ? required : undefined;
    const parts = names.map((name) => {
      const pattern = unsound.has(name) ? undefined : copied.get(name)?.pattern;
      // Any number of times, the last of which counts, as in JSON: V8 compiles what follows an optional part up to ten
      // times over, and what follows a repeated one once.
      return `(?:"${name}":${pattern ?? (nested.has(name) ? NESTED : SCALAR)}(?:,(?=")|(?=\\})))*`;
    });
    this.pattern = new RegExp(`\\{()${parts.join('')}\\}`, 'y');
  }

  /** The record that begins at `start`; undefined if none of the outline does. @throws RangeError on one of too many parts */
  read(text: string, start: number): RecordText | undefined {
    this.pattern.lastIndex = start;
    const match = this.pattern.exec(text);
    return match ? new RecordText(match, this) : undefined;
  }
}

/** Any record that is worth leaving as text. */
const RECORD = new RegExp(objectWithin(RECORD_LEVELS), 'y');

/** For versions of the upstream that answer side by side, and records with unsound values. Each layout is one pattern. */
const MAX_LAYOUTS = 6;
/** V8 takes a millisecond to compile the pattern of a lesson: records that are never alike are not worth more of them. */
const MAX_LESSONS = 32;
/** After so many records one lesson more may be given. */
const RECORDS_PER_LESSON = 10_000;

/**
 * Finds the records of one kind in an upstream's text. Nearly all are written as others were before: those take a third of
 * the time, and their properties can be copied.
 */
export class RecordMatcher {
  /** At most six. The strictest first, because the others find its records too and copy less of them. */
  layouts: readonly RecordLayout[] = [];
  private reads = 0;
  private lessons = MAX_LESSONS;

  constructor(private readonly copied: CopiedProperties) {}

  /** The record that begins at `start`; undefined if none does. @throws RangeError on one of too many parts */
  read(text: string, start: number): RecordText | undefined {
    this.reads += 1;
    this.lessons = Math.min(this.lessons + 1 / RECORDS_PER_LESSON, MAX_LESSONS);
    for (const layout of this.layouts) {
      const record = layout.read(text, start);
      if (!record) continue;
      layout.usedAt = this.reads;
      return record;
    }
    RECORD.lastIndex = start;
    const match = RECORD.exec(text);
    if (!match) return undefined;
    if (this.lessons >= 1) this.learn(outlineOf(match[0], this.copied));
    return new RecordText(match);
  }

  /** The record that stands from `start` to `end`; undefined if it has to be parsed. */
  readBetween(text: string, start: number, end: number): RecordText | undefined {
    try {
      const record = this.read(text, start);
      return record?.end === end ? record : undefined;
    } catch {
      // Of more parts than a regular expression can keep count of.
      return undefined;
    }
  }

  private learn(given: RecordOutline | undefined): void {
    this.lessons -= 1;
    if (!given) return;
    for (const layout of this.layouts) {
      const merged = mergeOutlines(layout.outline, given);
      if (!merged) continue;
      this.add(merged, layout);
      return;
    }
    this.add(given, this.layouts.length < MAX_LAYOUTS ? undefined : this.leastRecentlyUsed());
  }

  private add(outline: RecordOutline, inPlaceOf: RecordLayout | undefined): void {
    const layout = new RecordLayout(outline, this.copied, this.reads);
    const others = this.layouts.filter((other) => other !== inPlaceOf);
    this.layouts = [layout, ...others].sort((one, other) => one.outline.unsound.size - other.outline.unsound.size);
  }

  private leastRecentlyUsed(): RecordLayout {
    return this.layouts.reduce((one, other) => (other.usedAt < one.usedAt ? other : one));
  }
}

/** Answers that are left as text until they are read: most of their properties are selected by no query. */
export interface RecordTexts {
  /** Reads an answer, and at most `limit` items of a list, without making values of its records; undefined if it has to be parsed. */
  read(shape: ShapeName, bytes: Buffer, limit: number): AnswerSource | undefined;
  /** The record that stands between two places of a text; undefined if it has to be parsed. */
  recordBetween(shape: ShapeName, place: { text: string; start: number; end: number }): RecordText | undefined;
}

/** Holds all that is compiled for records: a few patterns for each of two kinds, whatever is selected of them. */
export function createRecordTexts(): RecordTexts {
  const customers = new RecordMatcher(copiedProperties('Customer'));
  const users = new RecordMatcher(copiedProperties('UserItem'));
  const records = new Map<ShapeName, RecordMatcher>([
    ['Customer', customers],
    ['CustomerWithoutAttributes', customers],
    ['UserItem', users],
  ]);
  const lists = new Map<ShapeName, RecordMatcher>([
    ['CustomerList', customers],
    ['CustomerListWithoutAttributes', customers],
    ['UserList', users],
  ]);

  return {
    read(shape, bytes, limit) {
      const items = lists.get(shape);
      return items
        ? splitList(bytes, items, limit)
        : records.get(shape)?.readBetween(bytes.toString('latin1'), 0, bytes.length);
    },
    recordBetween: (shape, { text, start, end }) => records.get(shape)?.readBetween(text, start, end),
  };
}
