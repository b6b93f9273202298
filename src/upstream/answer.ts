import { RecordText } from './text/record-text.js';

/** An object of a parsed answer, as the upstream wrote it: nothing in it is checked. */
export type Source = Readonly<Record<string, unknown>>;

export type AnswerSource = Source | RecordText;

/**
 * An answer of the upstream: the parsed JSON, or its text until somebody reads a property, and, by the getters of a class for each response schema, what the contract
 * makes of it. A property is checked when it is read, each time that it is read: it gives the value in the gateway's
 * form, null for an absent optional one, or a ContractViolation in its place. Lists and objects are made anew by each
 * read, so read one of them once and keep it. What the schema does not name can't be read.
 *
 * `shapeName` and `from` are the whole of an answer: the two are enough to keep it elsewhere and to make it again.
 */
export abstract class Answer {
  // Names that no property of an answer can have.
  #text: RecordText | undefined;
  #source: Source | undefined;

  constructor(from: AnswerSource) {
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

  /** As it stands in `from`; most records begin with it, and it alone tells which one a record is. */
  protected get ownId(): unknown {
    return this.#text?.leadingId ?? this.from['id'];
  }

  /** Names the class among those that `decode` knows. */
  abstract get shapeName(): string;
  /** Names of all properties of the schema. */
  abstract get propertyNames(): readonly string[];

  /** Reads every property that the schema names. */
  properties(): [name: string, value: unknown][] {
    const values = this as unknown as Readonly<Record<string, unknown>>;
    return this.propertyNames.map((name) => [name, values[name]]);
  }

  /** The text goes, as it is a part of a larger one that would stay with it. */
  private parse(): Source {
    const source = this.#text?.parse() ?? {};
    this.#source = source;
    this.#text = undefined;
    return source;
  }
}

/** Whether an object is an answer, which reads its properties by getters of its class. */
export const isAnswer = (value: object): boolean => value instanceof Answer;
