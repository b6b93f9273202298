import {
  assert,
  property,
  bigInt,
  constant,
  dictionary,
  letrec,
  oneof,
  string,
  array,
  integer,
  boolean,
  double,
} from 'fast-check';
import { JSON_CODEC } from '../../src/json/json-codec.js';

const { value } = letrec((tie) => ({
  value: oneof(
    { maxDepth: 4 },
    constant(null),
    boolean(),
    string(),
    integer(),
    double({ noNaN: true, noDefaultInfinity: true })
      .filter((number) => !Number.isInteger(number) || Number.isSafeInteger(number))
      .map((number) => (number === 0 ? 0 : number)),
    bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
    bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
    array(tie('value'), { maxLength: 5 }),
    dictionary(
      string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
}));

describe('JSON as a codec', () => {
  it('gives back what was written, with every digit', () => {
    assert(property(value, (given) => expect(JSON_CODEC.decode(JSON_CODEC.encode(given))).toStrictEqual(given)));
  });

  it('leaves out what is undefined', () => {
    expect(JSON_CODEC.decode(JSON_CODEC.encode({ a: undefined, b: 1 }))).toEqual({ b: 1 });
    expect(() => JSON_CODEC.encode(undefined)).toThrow(TypeError);
  });
});
