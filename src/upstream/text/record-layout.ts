import { SCALAR, valueOf } from '../../json/json-patterns.js';
import type { Source } from '../answer.js';

/** A name that needs no escape, neither in JSON nor in a regular expression, and that no engine moves to the front. */
const NAME = /^[A-Za-z_]\w{0,63}$/;
const MAX_NAMES = 64;
/** Of names with objects or lists. V8 takes milliseconds for the pattern of each, and answers nobody meanwhile. */
const MAX_NESTED = 4;
/** Each new lesson makes patterns that were compiled useless; an upstream whose records are never alike is not worth it. */
const MAX_LESSONS = 64;
/** How deep the records of the OpenAPI document go. */
export const RECORD_LEVELS = 3;
const NESTED = valueOf(RECORD_LEVELS);

export interface PropertyPattern {
  pattern: string;
  required: boolean;
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

/**
 * In which order the upstream writes the properties of one kind of record, as learned from its answers. Patterns take
 * each of them any number of times, the last of which counts, as in JSON: what follows a part that may be left out V8
 * compiles up to ten times over, what follows a repeated one once.
 */
export class RecordLayout {
  private names: string[] = [];
  private readonly nested = new Set<string>();
  private lessons = 0;

  /** Changes with what is known. */
  get version(): number {
    return this.lessons;
  }

  learn(record: Source): void {
    const given = Object.keys(record);
    if (this.lessons === MAX_LESSONS || given.length > MAX_NAMES || !given.every((name) => NAME.test(name))) return;
    const names = this.orderWith(given);
    const nested = given.filter((name) => isNested(record[name]) && !this.nested.has(name));
    if (this.nested.size + nested.length > MAX_NESTED) return;
    if (
      names.length === this.names.length &&
      names.every((name, index) => name === this.names[index]) &&
      nested.length === 0
    )
      return;
    this.names = names;
    for (const name of nested) this.nested.add(name);
    this.lessons += 1;
  }

  /**
   * A pattern of records that have properties in this order, in groups those that have a pattern of their own; each of
   * them is null or left out unless it is `required`. What has not been seen yet is looked for at the end.
   */
  toPattern(wanted: ReadonlyMap<string, PropertyPattern>): { pattern: RegExp; groups: ReadonlyMap<string, number> } {
    const groups = new Map<string, number>();
    const parts = [...new Set([...this.names, ...wanted.keys()])].map((name) => {
      const own = wanted.get(name);
      if (!own) return `(?:,?"${name}":${this.valueOf(name)})*`;
      groups.set(name, groups.size + 1);
      const property = `,?"${name}":`;
      return own.required ? `${property}(${own.pattern})` : `(?:${property}(?:(${own.pattern})|null))*`;
    });
    return { pattern: new RegExp(`\\{${parts.join('')}\\}`, 'y'), groups };
  }

  /** A sticky pattern of records in strict JSON that have properties in this order, and no others. */
  toRecordPattern(): RegExp {
    const parts = this.names.map((name) => `(?:"${name}":${this.valueOf(name)}(?:,(?=")|(?=\\})))*`);
    return new RegExp(`\\{${parts.join('')}\\}`, 'y');
  }

  private valueOf(name: string): string {
    return this.nested.has(name) ? NESTED : SCALAR;
  }

  /** The known order with new names where they stand in the record; the record's own where the two contradict each other. */
  private orderWith(given: readonly string[]): string[] {
    const names = [...this.names];
    let next = 0;
    for (const name of given) {
      const at = names.indexOf(name);
      if (at < 0) names.splice(next++, 0, name);
      else if (at < next) return [...given];
      else next = at + 1;
    }
    return names.length > MAX_NAMES ? [...given] : names;
  }
}
