import { ContractViolation } from '../errors/contract-violation.js';
import type { Answer } from './answer.js';
import { answers } from './generated/answers.js';
import type { shapes } from './generated/shapes.js';
import { object } from './read-value.js';
import { answersWithoutAttributes } from './without-attributes.js';

type Shapes = typeof shapes;

type KindType<K extends string> = K extends `list:${infer I}`
  ? (KindType<I> | ContractViolation)[]
  : K extends `object:${infer N extends keyof Shapes}`
    ? Decoded<N>
    : K extends `enum:${string}` | 'string' | 'id' | 'uuid' | 'date-time'
      ? string
      : K extends 'boolean'
        ? boolean
        : K extends 'int64'
          ? number | bigint
          : number;

/** What a response schema promises: every property holds its value, null where an optional one is absent, or its violation. */
type Promised<N extends keyof Shapes> = {
  [P in keyof Shapes[N]]: Shapes[N][P] extends { kind: infer K extends string; required: infer R }
    ? KindType<K> | ContractViolation | (R extends true ? never : null)
    : never;
};

const classes = { ...answers, ...answersWithoutAttributes };

/** A response schema of the OpenAPI document, or a form of one that tells more than the document does. */
export type ShapeName = keyof typeof classes;

/** An answer of a name, with its properties as they are read. */
export type Decoded<N extends ShapeName> = N extends keyof Shapes
  ? Answer & Promised<N>
  : InstanceType<(typeof classes)[N]>;

/**
 * Takes a parsed answer for what the response schema `name` of the OpenAPI document promises. Nothing is checked yet but
 * that it is an object: each property is when it is read (`Answer`).
 * @throws ContractViolation where the answer is not an object at all
 */
export function decode<N extends ShapeName>(name: N, value: unknown): Decoded<N> {
  const decoded = object<Answer>(value, name, classes[name]);
  if (decoded instanceof ContractViolation) throw decoded;
  return decoded as unknown as Decoded<N>;
}

/** Whether a value is an answer of the response schema `name`, in whichever of its forms. */
export function isDecoded(name: ShapeName, value: unknown): boolean {
  return value instanceof classes[name];
}
