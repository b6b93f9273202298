import { parseJson, parseJsonBytes } from '../json/parse-json.js';
import { PLAIN_ID, isUuid, isUuidLike, toDateTime } from './formats.js';
import { HELD_BYTES, heldBytes } from '../json/held-bytes.js';
import { ContractViolation } from '../errors/contract-violation.js';
import type { UnverifiedValues } from './unverified-values.js';

const BEYOND_ASCII = /[\x80-\xff]/;

const ID = '"id":';
const LEADING_ID = new RegExp(`\\{${ID}(${PLAIN_ID})[,}]`, 'y');

/** In the place of the text of a property that cannot be copied. */
export const UNSOUND = '';

/** What all records that are written alike have in common. */
export interface TextLayout {
  /** By the name of a property, where its text is. */
  readonly places: ReadonlyMap<string, number>;
  /** Places that have a text in each record that keeps its contract; undefined if that cannot be seen from the texts. */
  readonly required: readonly number[] | undefined;
}

/** An object of an answer as the upstream wrote it: a part of the answer's text, which is known to be JSON. */
export class RecordText {
  constructor(
    /** The record, in a text with one character for each byte of its UTF-8. */
    private readonly match: RegExpExecArray,
    /** Undefined if nothing is known of the record's properties. */
    private readonly layout?: TextLayout,
  ) {}

  /** The record itself: one character for each byte of its UTF-8. */
  get own(): string {
    return this.match[0];
  }

  get places(): ReadonlyMap<string, number> | undefined {
    return this.layout?.places;
  }

  /** Whether every property is known to keep the contract; one of which that is not known may keep it, too. */
  get isKnownWhole(): boolean {
    const { layout, texts } = this;
    return layout?.required?.every((place) => texts[place] !== undefined) === true;
  }

  /** Whether a property is known to be null or absent, if it is one whose text can be copied. */
  isNull(name: string): boolean {
    const { places } = this;
    if (!places) return false;
    const place = places.get(name);
    return place === undefined || this.texts[place] === undefined;
  }

  /** By their places: texts that may be copied, or `UNSOUND`; undefined for null and for what is absent. */
  get texts(): readonly (string | undefined)[] {
    return this.match;
  }

  get end(): number {
    return this.match.index + this.own.length;
  }

  /** The id, as parsing gives it; undefined if only parsing does. */
  get plainId(): number | undefined {
    const place = this.places?.get('id');
    const digits = place === undefined ? this.leadingId() : this.texts[place];
    return digits ? Number(digits) : undefined;
  }

  /** Of the ids of one record the last counts, as in JSON. */
  private leadingId(): string | undefined {
    LEADING_ID.lastIndex = this.match.index;
    const digits = LEADING_ID.exec(this.match.input)?.[1];
    return this.own.indexOf(ID, ID.length) < 0 ? digits : undefined;
  }

  parse(): Source {
    const { own } = this;
    return (BEYOND_ASCII.test(own) ? parseJsonBytes(Buffer.from(own, 'latin1')) : parseJson(own)) as Source;
  }
}

/** An object of a parsed answer, as the upstream wrote it: nothing in it is checked. */
export type Source = Readonly<Record<string, unknown>>;

export type AnswerSource = Source | RecordText;

const WRAPPER_BYTES = 64;

/**
 * An answer of the upstream: the parsed JSON, or its text until someone reads a property, and, by the getters of a class for each response schema, what the contract
 * makes of it. A property is checked when it is read, each time that it is read: it gives the value in the gateway's
 * form, null for an absent optional one, or a ContractViolation in its place. Lists and objects are made anew by each
 * read, so read one of them once and keep it. What the schema does not name can't be read.
 *
 * `shapeName` and `from` are the whole of an answer: the two are enough to keep it elsewhere and to make it again.
 * `unverified` counts what is read of it in a form that is not the documented one.
 */
export abstract class Answer {
  // Names that no property of an answer can have.
  #text: RecordText | undefined;
  #source: Source | undefined;
  readonly #unverified: UnverifiedValues | undefined;

  constructor(from: AnswerSource, unverified: UnverifiedValues | undefined) {
    this.#unverified = unverified;
    if (from instanceof RecordText) this.#text = from;
    else this.#source = from;
  }

  get from(): Source {
    return this.#source ?? this.parse();
  }

  /** Undefined once it has been parsed. */
  get text(): RecordText | undefined {
    return this.#text;
  }

  /** Counts for all that is read of it, too. */
  get unverified(): UnverifiedValues | undefined {
    return this.#unverified;
  }

  /** As it stands in `from`; most records tell it without being parsed, and it alone says which one a record is. */
  protected get ownId(): unknown {
    return this.#text?.plainId ?? this.from['id'];
  }

  /** Names the class among those that `decode` knows. */
  abstract get shapeName(): string;
  /** Names of all properties of the schema. */
  abstract get propertyNames(): readonly string[];

  /** Parses its text, which would keep all of the answer that it is a part of. */
  [HELD_BYTES](): number {
    return WRAPPER_BYTES + heldBytes(this.from);
  }

  /** Reads every property that the schema names. */
  properties(): [name: string, value: unknown][] {
    const values = this as unknown as Readonly<Record<string, unknown>>;
    return this.propertyNames.map((name) => [name, values[name]]);
  }

  /** Whether every property keeps the contract. Most records need not be parsed to find out. */
  isWhole(): boolean {
    const text = this.#text;
    if (!text) return this.properties().every(([, property]) => isWhole(property));
    const OfClass = this.constructor as AnswerClass<Answer>;
    return text.isKnownWhole || new OfClass(text.parse(), this.#unverified).isWhole();
  }

  /** The text goes, as it is a part of a larger one that would stay with it. */
  private parse(): Source {
    const source = this.#text?.parse() ?? {};
    this.#source = source;
    this.#text = undefined;
    return source;
  }
}

type AnswerClass<T extends Answer> = new (from: AnswerSource, unverified: UnverifiedValues | undefined) => T;

/** Whether an object is an answer, which reads its properties by getters of its class. */
export const isAnswer = (value: object): boolean => value instanceof Answer;

/**
 * Gives a value of an answer that is what the contract promises, in the form the gateway uses, or the violation that stands
 * for it.
 */
type ReadValue<T> = (value: unknown, place: string, of: Answer) => T | ContractViolation;

const INT32_LIMIT = 2 ** 31;
const INT64_LIMIT = 2n ** 63n;

const isInt64 = (value: unknown): value is number | bigint =>
  Number.isSafeInteger(value) || (typeof value === 'bigint' && value >= -INT64_LIMIT && value < INT64_LIMIT);

export const missing = (place: string): ContractViolation => new ContractViolation(place, 'missing');

export const string: ReadValue<string> = (value, place) =>
  typeof value === 'string' ? value : new ContractViolation(place, 'not a string');

export const boolean: ReadValue<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : new ContractViolation(place, 'not a boolean');

export const int32: ReadValue<number> = (value, place) =>
  typeof value === 'number' && Number.isInteger(value) && value >= -INT32_LIMIT && value < INT32_LIMIT
    ? value
    : new ContractViolation(place, 'not a 32-bit integer');

export const int64: ReadValue<number | bigint> = (value, place) =>
  isInt64(value) ? value : new ContractViolation(place, 'not a 64-bit integer');

/** A positive int64 identifier, as decimal digits. */
export const id: ReadValue<string> = (value, place) =>
  isInt64(value) && value > 0 ? String(value) : new ContractViolation(place, 'not a positive 64-bit integer');

export const uuid: ReadValue<string> = (value, place, of) => {
  if (typeof value !== 'string') return new ContractViolation(place, 'not a UUID');
  if (isUuid(value)) return value;
  if (!isUuidLike(value)) return new ContractViolation(place, 'not 1 to 64 printable characters');
  of.unverified?.note(place);
  return value;
};

export const dateTime: ReadValue<string> = (value, place, of) => {
  const instant = toDateTime(value);
  if (instant === undefined) return new ContractViolation(place, 'not a date-time');
  if (instant !== value) of.unverified?.note(place);
  return instant;
};

export function oneOf(...values: readonly string[]): ReadValue<string> {
  return (value, place) =>
    typeof value === 'string' && values.includes(value)
      ? value
      : new ContractViolation(place, `not one of ${values.join(', ')}`);
}

export function list<T>(
  value: unknown,
  place: string,
  of: Answer,
  readItem: ReadValue<T>,
): (T | ContractViolation)[] | ContractViolation {
  if (!Array.isArray(value)) return new ContractViolation(place, 'not a list');
  const itemPlace = `${place}[]`;
  return value.map((item) => readItem(item, itemPlace, of));
}

/** An object, as an answer of a class whose getters read its properties. */
export function object<T extends Answer>(
  value: unknown,
  place: string,
  unverified: UnverifiedValues | undefined,
  ofClass: AnswerClass<T>,
): T | ContractViolation {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new ofClass(value as AnswerSource, unverified)
    : new ContractViolation(place, 'not an object');
}

/**
 * Whether a value holds no Error at any depth: an answer that broke its contract is worth asking for again.
 */
export function isWhole(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof Error) return false;
  if (value instanceof Answer) return value.isWhole();
  return (Array.isArray(value) ? value : Object.values(value)).every(isWhole);
}
