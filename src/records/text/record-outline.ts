import { shapeOf } from '../shape-of.js';
import { soundPattern } from './sound-pattern.js';
import { RECORD_LEVELS, STRING } from '../../json/json-patterns.js';

/** A property whose text may be copied into an answer. */
interface CopiedProperty {
  /** Matches sound texts of its value, and captures all but null. */
  readonly pattern: string;
  readonly isRequired: boolean;
  readonly isSound: (text: string) => boolean;
}

/** By their names. */
export type CopiedProperties = ReadonlyMap<string, CopiedProperty>;

/** Of a response schema. */
export function copiedProperties(shapeName: string): CopiedProperties {
  const properties = new Map<string, CopiedProperty>();
  for (const [name, { kind, required }] of Object.entries(shapeOf(shapeName) ?? {})) {
    const sound = soundPattern(kind);
    if (sound === undefined) continue;
    const pattern = required ? `(${sound})` : `(?:null|(${sound}))`;
    const whole = new RegExp(`^${pattern}$`);
    properties.set(name, { pattern, isRequired: required, isSound: (text) => whole.test(text) });
  }
  return properties;
}

const OTHERS = '[^"{}[\\]]*';

/** Anything with objects and lists inside of each other up to `levels` deep, of a text that is known to be JSON. */
function contentWithin(levels: number): string {
  const part = levels === 0 ? STRING : `(?:${STRING}|[{[]${contentWithin(levels - 1)}[}\\]])`;
  return `${OTHERS}(?:${part}${OTHERS})*`;
}

const PAIR = new RegExp(`"([^"]*)":(${STRING}|[{[]${contentWithin(RECORD_LEVELS - 1)}[}\\]]|[^,}]+)[,}]`, 'y');

/** Names and texts of the properties of an object, as often and in the order that they stand in its JSON text. */
export function readPairs(text: string): [name: string, text: string][] {
  const pairs: [string, string][] = [];
  PAIR.lastIndex = 1;
  for (let match = PAIR.exec(text); match; match = PAIR.exec(text)) pairs.push([match[1] ?? '', match[2] ?? '']);
  return pairs;
}

/** A name that needs no escape, neither in JSON nor in a regular expression. */
const NAME = /^[A-Za-z_]\w{0,63}$/;
const MAX_NAMES = 64;
/** Of names with objects or lists: V8 takes milliseconds to compile the pattern of each. */
const MAX_NESTED = 4;

const NESTED = /^[{[]/;

/** How the records of a kind are written. */
export interface RecordOutline {
  /** Names of their properties, in order. */
  readonly names: readonly string[];
  /** Those with objects or lists. */
  readonly nested: ReadonlySet<string>;
  /** Those with values that are not copied, because they are unsound or unusual. */
  readonly unsound: ReadonlySet<string>;
}

/** Whether V8 compiles a pattern of such records in a moment. */
const isSmall = ({ names, nested }: RecordOutline): boolean =>
  names.length <= MAX_NAMES && nested.size <= MAX_NESTED && names.every((name) => NAME.test(name));

/** The outline of a record by its JSON text; undefined if its pattern would take V8 long to compile. */
export function outlineOf(text: string, copied: CopiedProperties): RecordOutline | undefined {
  const pairs = readPairs(text);
  const namesOf = (isOne: (name: string, value: string) => boolean): Set<string> =>
    new Set(pairs.flatMap(([name, value]) => (isOne(name, value) ? name : [])));
  const outline = {
    names: [...namesOf(() => true)],
    nested: namesOf((_, value) => NESTED.test(value)),
    unsound: namesOf((name, value) => copied.get(name)?.isSound(value) === false),
  };
  return isSmall(outline) ? outline : undefined;
}

/**
 * The known order with new names at the place that they have in a record: `a c` and `a b` give `a b c`.
 * Undefined if the two orders contradict each other.
 */
function mergeOrders(known: readonly string[], given: readonly string[]): string[] | undefined {
  const names = [...known];
  let next = 0;
  for (const name of given) {
    const at = names.indexOf(name);
    if (at < 0) names.splice(next++, 0, name);
    else if (at < next) return undefined;
    else next = at + 1;
  }
  return names;
}

const areEqual = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((name) => other.has(name));

/** An outline for the records of both; undefined if none does, or the records differ in what is unsound. */
export function mergeOutlines(known: RecordOutline, given: RecordOutline): RecordOutline | undefined {
  const names = areEqual(known.unsound, given.unsound) ? mergeOrders(known.names, given.names) : undefined;
  const merged = names && { names, nested: new Set([...known.nested, ...given.nested]), unsound: known.unsound };
  return merged && isSmall(merged) ? merged : undefined;
}
