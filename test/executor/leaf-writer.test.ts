import fc from 'fast-check';
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLScalarType,
  GraphQLString,
  type GraphQLLeafType,
} from 'graphql';
import { createLeafWriter } from '../../src/executor/leaf-writer.js';
import { quote } from '../../src/executor/text.js';
import { CalendarDate, DateTime, Long, UUID } from '../../src/schema/shared/scalars.js';
import { runs } from '../support/runs.js';

const Colour = new GraphQLEnumType({
  name: 'Colour',
  values: { RED: { value: 'r' }, GREEN: { value: 0 }, BLUE: {}, CRIMSON: { value: 'r' }, NONE: { value: NaN } },
});
const TYPES: readonly GraphQLLeafType[] = [
  ...[GraphQLString, GraphQLID, GraphQLInt, GraphQLFloat, GraphQLBoolean],
  ...[Long, DateTime, CalendarDate, UUID, Colour],
];

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '\u0000', '\u001f', ' ', 'ü', '\u2028', '\ud83d', '\udc69', 'a'),
  }),
);
const value = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.bigInt(),
  fc.constantFrom(
    -0,
    NaN,
    Infinity,
    2 ** 31,
    -(2 ** 31),
    2 ** 31 - 1,
    2 ** 53,
    'r',
    0,
    'BLUE',
    new Date(0),
    {},
    [5],
    [],
  ),
  fc.constantFrom('2024-05-06T07:08:09Z', '2024-05-06', '00000000-0000-4000-8000-000000000000'),
  fc.record({ valueOf: fc.constant(() => 7) }),
);

/** UTF-8 with one character for each byte. */
const bytesOf = (json: string | undefined): string => Buffer.from(json as string).toString('latin1');

/** The outcome of a value, as text or as the message of its error. */
function outcomeOf(act: () => string): string {
  try {
    return act();
  } catch (error) {
    return `failed: ${(error as Error).message}`;
  }
}

describe('quote', () => {
  it('writes every string as JSON.stringify does', () => {
    fc.assert(
      fc.property(text, (string) => {
        expect(quote(string)).toBe(bytesOf(JSON.stringify(string)));
      }),
      { numRuns: runs(700) },
    );
  });

  it('escapes each code unit as JSON.stringify does', () => {
    for (let unit = 0; unit <= 0xffff; unit += 1) {
      const string = String.fromCharCode(unit);
      if (quote(string) !== bytesOf(JSON.stringify(string))) throw new Error(`code unit ${unit}`);
    }
  });
});

describe('createLeafWriter', () => {
  it.each(TYPES.map((type) => [type.name, type] as const))('writes what %s serializes', (_name, type) => {
    const write = createLeafWriter(type);
    fc.assert(
      fc.property(value, (input) => {
        expect(outcomeOf(() => write(input))).toBe(outcomeOf(() => bytesOf(JSON.stringify(type.serialize(input)))));
      }),
      { numRuns: runs(700) },
    );
  });

  it('refuses what JSON has no text for, where JSON.stringify would fail or say nothing', () => {
    const Anything = new GraphQLScalarType({ name: 'Anything', serialize: (input) => input });
    const write = createLeafWriter(Anything);
    expect(() => write(() => 1)).toThrow('JSON has no text for [function');
    expect(() => write(5n)).toThrow('BigInt');
  });
});
