import { ContractViolation } from '../errors/contract-violation.js';
import { readers } from './generated/readers.js';
import type { shapes } from './generated/shapes.js';
import { object } from './read-value.js';

type Shapes = typeof shapes;
export type ShapeName = keyof Shapes;

type KindType<K extends string> = K extends `list:${infer I}`
  ? (KindType<I> | ContractViolation)[]
  : K extends `object:${infer N extends ShapeName}`
    ? Decoded<N>
    : K extends `enum:${string}` | 'string' | 'id' | 'uuid' | 'date-time'
      ? string
      : K extends 'boolean'
        ? boolean
        : K extends 'int64'
          ? number | bigint
          : number;

/** A checked answer: every property holds what the contract promises, null where an optional one is absent, or its violation. */
export type Decoded<N extends ShapeName> = {
  -readonly [P in keyof Shapes[N]]: Shapes[N][P] extends { kind: infer K extends string; required: infer R }
    ? KindType<K> | ContractViolation | (R extends true ? never : null)
    : never;
};

/**
 * Checks a parsed answer against the response schema `name` of the OpenAPI document, property by property.
 * Each broken property becomes a ContractViolation in its place; properties that the schema lacks are dropped.
 * Decodes int64 identifiers to decimal strings.
 * @throws ContractViolation where the answer is not an object at all
 */
export function decode<N extends ShapeName>(name: N, value: unknown): Decoded<N> {
  const decoded = object(value, name, readers[name]);
  if (decoded instanceof ContractViolation) throw decoded;
  return decoded as Decoded<N>;
}
