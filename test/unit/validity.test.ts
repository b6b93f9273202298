import 'reflect-metadata';
import fc from 'fast-check';
import {
  buildSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  getIntrospectionQuery,
  type GraphQLSchema,
} from 'graphql';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { createValidity } from '../../src/operations/validation/create-validity.js';
import { generateOperation } from '../executor/generate-operation.js';
import { runs } from '../support/runs.js';

const RULES = [...specifiedRules, NoSchemaIntrospectionCustomRule];
const gatewaySchema = buildSubgraphSchema({ enforcesScopes: false });
const PETS = buildSchema(`
  directive @many(n: Int) repeatable on FIELD
  interface Named { name: String }
  type Dog implements Named { name: String barks(loud: Boolean, at: [Int!]): Int friends(first: Int!): [Pet!] }
  type Cat implements Named { name: String lives: Int }
  union Pet = Dog | Cat
  input Find { name: String! near: [Int!] in: Find }
  input One @oneOf { a: Int b: Int }
  type Query { pet(find: Find, one: One): Pet dog: Dog named: Named }
  type Subscription { dog: Dog cat: Cat }
`);

const [isValidGateway, isValidPet] = [createValidity(gatewaySchema, RULES), createValidity(PETS, RULES)];
const isValid = (schema: GraphQLSchema, text: string): boolean =>
  (schema === PETS ? isValidPet : isValidGateway)(parse(text));
const isValidForGraphql = (schema: GraphQLSchema, text: string): boolean =>
  validate(schema, parse(text), RULES).length === 0;

const VALID = [
  '{ dog { name barks(at: 1) @many(n: 1) @many(n: 2) } }',
  'query Q($f: Find = { name: "x" }, $no: Boolean!) { pet(find: $f) { ... on Dog @skip(if: $no) { name } ...C } } fragment C on Cat { lives }',
  'query A { dog { name } } query B { named { ... on Cat { lives } } }',
  '{ pet(find: { name: "x", in: { name: "y", near: [1, 2] } }) { __typename } }',
  'subscription { dog { name } }',
  '"described" query Q("what" $n: Int!) { dog { friends(first: $n) { ... on Named { name } } } }',
];

/** At least one for each rule that a document for execution can break. */
const INVALID = [
  '{ dog { nope } }',
  '{ dog }',
  '{ dog { name { x } } }',
  '{ dog { barks(nope: 1) } }',
  '{ dog { barks(loud: "x") } }',
  '{ dog { barks(loud: true, loud: true) } }',
  '{ dog { friends { __typename } } }',
  '{ dog { friends(first: null) { __typename } } }',
  '{ dog { name @nope } }',
  '{ dog { name @skip(if: true) @skip(if: true) } }',
  '{ dog { name @skip } }',
  'query @many { dog { name } }',
  '{ dog { name: barks name } }',
  '{ pet { ... on Dog { x: name } ... on Cat { x: lives } } }',
  '{ dog { ...F } }',
  '{ dog { ...F } } fragment F on Nope { x }',
  '{ dog { ...F } } fragment F on Find { name }',
  '{ dog { ...F } } fragment F on Cat { lives }',
  '{ dog { ... on Cat { lives } } }',
  '{ dog { name } } fragment F on Dog { name }',
  '{ dog { ...F } } fragment F on Dog { name } fragment F on Dog { name }',
  '{ dog { ...F } } fragment F on Dog { ...G } fragment G on Dog { ...F }',
  '{ dog { name } } { dog { name } }',
  'query A { dog { name } } query A { dog { name } }',
  'query ($a: Int, $a: Int) { dog { barks(at: $a) } }',
  'query ($a: Nope) { dog { name } }',
  'query ($a: Dog) { dog { name } }',
  'query ($a: Int) { dog { name } }',
  '{ dog { barks(at: [$a]) } }',
  'query ($a: String!) { dog { barks(at: [$a]) } }',
  'query ($a: Int = "x") { dog { friends(first: $a) { __typename } } }',
  'query ($a: Int!) { dog { ...F } } fragment F on Dog { friends(first: $b) { __typename } }',
  '{ pet(find: { }) { __typename } }',
  '{ pet(find: { name: "x", name: "y" }) { __typename } }',
  '{ pet(find: { name: "x", nope: 1 }) { __typename } }',
  '{ pet(one: { a: 1, b: 2 }) { __typename } }',
  'subscription { dog { name } cat { name } }',
  '{ __type(name: "x") { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } }',
  '{ __schema { queryType { name } } }',
  'type Extra { x: Int } query { dog { name } }',
  'query ($a: Int @nope) { dog { barks(at: $a) } }',
];

describe('whether a document is valid', () => {
  it.each(VALID)('accepts %s', (text) => {
    expect(isValidForGraphql(PETS, text)).toBe(true);
    expect(isValid(PETS, text)).toBe(true);
  });

  it.each(INVALID)('is denied of %s', (text) => {
    expect(isValidForGraphql(PETS, text)).toBe(false);
    expect(isValid(PETS, text)).toBe(false);
  });

  it('follows every rule: each finds something in these', () => {
    const broken = new Set(
      INVALID.flatMap((text) => RULES.filter((rule) => validate(PETS, parse(text), [rule]).length)),
    );
    expect(RULES.filter((rule) => !broken.has(rule)).map(({ name }) => name)).toEqual([]);
  });

  it('does not stand in the way of introspection where that is open', () => {
    expect(createValidity(gatewaySchema, specifiedRules)(parse(getIntrospectionQuery()))).toBe(true);
    expect(isValid(gatewaySchema, getIntrospectionQuery())).toBe(false);
  });

  it('is what graphql-js says of generated documents, and of those with one token put otherwise', () => {
    const counts = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(fc.gen(), fc.constantFrom(gatewaySchema, PETS), fc.nat(), fc.nat(), (g, schema, from, to) => {
        const text = generateOperation(g, schema)?.text;
        if (text === undefined) return;
        const words = [...text.matchAll(/\w+/g)];
        const [taken, put] = [words[from % words.length], words[to % words.length]];
        if (!taken || !put) return;
        const changed = `${text.slice(0, taken.index)}${put[0]}${text.slice(taken.index + taken[0].length)}`;
        for (const one of [text, changed]) {
          let expected: boolean;
          try {
            expected = isValidForGraphql(schema, one);
          } catch {
            continue; // No document any more.
          }
          counts[expected ? 'valid' : 'invalid'] += 1;
          expect(isValid(schema, one)).toBe(expected);
        }
      }),
      { numRuns: runs(250) },
    );
    expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(100);
  });
});
