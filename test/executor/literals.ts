import fc, { type GeneratorValue } from 'fast-check';
import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLInputType,
} from 'graphql';
import { oneIn, pick } from './pick.js';

const SCALARS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  Int: ['1', '2', '3', '5', '12', '0', '-1', '2147483647'],
  Boolean: ['true', 'false'],
  ID: ['1', '2', '3', '"5"', '"7"', '"x"', '""', '"99999999999999999999"'],
  String: ['"x"', '""', '"ü\\""', '"""a\nb"""'],
  Long: ['0', '-1', '1048576', '9007199254740993', '"9223372036854775807"'],
  Date: ['"2024-01-01"'],
  DateTime: ['"2024-01-01T00:00:00Z"'],
  UUID: ['"00000000-0000-4000-8000-000000000000"'],
  _Any: ['{}', '5', '{ __typename: "Customer", id: 1 }', '{ __typename: "Webhook", id: "3" }', '{ __typename: "X" }'],
};

/** A literal of an input type that validation lets pass; resolvers may still refuse it. */
export function literalOf(g: GeneratorValue, type: GraphQLInputType, depth = 2): string {
  if (isNonNullType(type)) return literalOf(g, type.ofType, depth);
  if (isListType(type)) {
    const length = g(fc.nat, { max: 2 });
    return `[${Array.from({ length }, () => literalOf(g, type.ofType, depth)).join(', ')}]`;
  }
  if (isEnumType(type)) {
    const [first = '', ...others] = type.getValues().map(({ name }) => name);
    return pick(g, first, ...others);
  }
  if (isInputObjectType(type)) {
    const given = Object.values(type.getFields()).filter(
      (field) => isRequiredInputField(field) || (depth > 0 && oneIn(g, 4)),
    );
    return `{ ${given.map((field) => `${field.name}: ${literalOf(g, field.type, depth - 1)}`).join(', ')} }`;
  }
  return pick(g, ...(SCALARS[type.name] ?? ['"x"']));
}
