import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

const MAX_DEPTH = 5;
const HOSTILE_TEXTS = [
  '',
  'a',
  'AG',
  '1',
  '0',
  '-1',
  '5',
  '9007199254740993',
  '99999999999999999999',
  '../2',
  'a|b',
  'a:b',
  '__proto__',
  'constructor',
  '👩‍👩‍👧',
  '%00',
];

/** Literals by scalar: mostly sound ones, and some that are not. */
const SCALARS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  Int: fc.oneof(
    fc.integer({ min: -2, max: 12 }).map(String),
    fc.constantFrom('501', '2147483647', '2147483648', '1.5'),
  ),
  Boolean: fc.constantFrom('true', 'false'),
  ID: fc.oneof(
    fc.integer({ min: 1, max: 40 }).map(String),
    fc.constantFrom(...HOSTILE_TEXTS).map((text) => JSON.stringify(text)),
  ),
  Long: fc.constantFrom(
    '0',
    '-1',
    '1048576',
    '9007199254740993',
    '"9223372036854775807"',
    '"9223372036854775808"',
    '1.5',
    '"x"',
  ),
  Date: fc.constantFrom('"2024-01-01"', '"2024-02-30"', '"x"'),
  UUID: fc.constantFrom('"00000000-0000-4000-8000-000000000000"', '"x"'),
  String: fc.constantFrom(...HOSTILE_TEXTS).map((text) => JSON.stringify(text)),
};

const ANY = fc.oneof(
  fc
    .record({ id: fc.constantFrom('1', '"2"', '"x"', '-1', 'null', '[1]') })
    .map(({ id }) => `{ __typename: "Customer", id: ${id} }`),
  fc.constantFrom(
    '{}',
    '5',
    '"x"',
    '{ __typename: "Webhook", id: 3 }',
    '{ __typename: "No one", id: 3 }',
    '{ __typename: "Customer", customerUuid: "x" }',
  ),
);

function literal(type: GraphQLInputType, depth: number): fc.Arbitrary<string> {
  if (isNonNullType(type)) return literal(type.ofType, depth);
  if (isListType(type)) {
    return fc.array(literal(type.ofType, depth), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);
  }
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const required = fields.filter((field) => isNonNullType(field.type));
    const optional = depth > 0 ? fields.filter((field) => !isNonNullType(field.type)) : [];
    return fc
      .subarray(optional, { maxLength: Math.min(3, optional.length) })
      .chain((chosen) =>
        fc
          .tuple(
            ...[...required, ...chosen].map((field) =>
              literal(field.type, depth - 1).map((text) => `${field.name}: ${text}`),
            ),
          )
          .map((parts) => `{ ${parts.join(', ')} }`),
      );
  }
  return type.name === '_Any' ? ANY : (SCALARS[type.name] ?? fc.constant('"x"'));
}

function call(field: GraphQLField<unknown, unknown>): fc.Arbitrary<string> {
  const required = field.args.filter((arg) => isNonNullType(arg.type));
  const optional = field.args.filter((arg) => !isNonNullType(arg.type));
  return fc.subarray(optional).chain((chosen) => {
    const given = [...required, ...chosen];
    if (given.length === 0) return fc.constant(field.name);
    return fc
      .tuple(...given.map((arg) => literal(arg.type, 2).map((text) => `${arg.name}: ${text}`)))
      .map((parts) => `${field.name}(${parts.join(', ')})`);
  });
}

function selection(type: GraphQLObjectType, depth: number): fc.Arbitrary<string> {
  const fields = Object.values(type.getFields()).filter(
    (field) => depth > 0 || !isCompositeType(getNamedType(field.type)),
  );
  if (fields.length === 0) return fc.constant('{ __typename }');
  return fc
    .subarray(fields, { minLength: 1, maxLength: Math.min(4, fields.length) })
    .chain((chosen) => fc.tuple(...chosen.map((field) => selected(field, depth))))
    .map((parts) => `{ ${parts.map((part, index) => `f${index}: ${part}`).join(' ')} }`);
}

function selected(field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<string> {
  const type = getNamedType(getNullableType(field.type));
  const below = isObjectType(type)
    ? selection(type, depth - 1)
    : isCompositeType(type)
      ? fc.constant('{ __typename ... on Customer { id companyName users(first: 1) { totalCount } } }')
      : fc.constant('');
  return fc.tuple(call(field), below).map(([text, set]) => `${text} ${set}`);
}

/** Operations that a schema allows, with arguments that it may not. */
export function arbitraryOperation(schema: GraphQLSchema): fc.Arbitrary<string> {
  const query = schema.getQueryType();
  const mutation = schema.getMutationType();
  if (!query || !mutation) throw new Error('the schema lacks a root type');
  return fc.oneof(
    { weight: 4, arbitrary: selection(query, MAX_DEPTH) },
    { weight: 1, arbitrary: selection(mutation, MAX_DEPTH).map((text) => `mutation ${text}`) },
  );
}
