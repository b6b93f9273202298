/** An object of a parsed answer, as the upstream wrote it: nothing in it is checked. */
export type Source = Readonly<Record<string, unknown>>;

/**
 * An answer of the upstream: the parsed JSON and, by the getters of a class for each response schema, what the contract
 * makes of it. A property is checked when it is read, each time that it is read: it gives the value in the gateway's
 * form, null for an absent optional one, or a ContractViolation in its place. Lists and objects are made anew by each
 * read, so read one of them once and keep it. What the schema does not name can't be read.
 *
 * `shapeName` and `from` are the whole of an answer: the two are enough to keep it elsewhere and to make it again.
 */
export abstract class Answer {
  constructor(readonly from: Source) {}

  /** Names the class among those that `decode` knows. */
  abstract get shapeName(): string;
  /** Names of all properties of the schema. */
  abstract get propertyNames(): readonly string[];

  /** Reads every property that the schema names. */
  properties(): [name: string, value: unknown][] {
    const values = this as unknown as Readonly<Record<string, unknown>>;
    return this.propertyNames.map((name) => [name, values[name]]);
  }
}

/** Whether an object is an answer, which reads its properties by getters of its class. */
export const isAnswer = (value: object): boolean => value instanceof Answer;
