import fc from 'fast-check';
import { shapes } from '../../src/records/generated/shapes.js';
import { ODDITIES } from './oddities.js';

const two = (maximum: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: maximum }).map((value) => String(value).padStart(2, '0'));

/** Instants, and what looks like one: a day that no month has, an hour that no day has. */
const dateTime = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), two(13), two(32), two(25), two(61), two(61))
  .chain(([year, month, day, hour, minute, second]) =>
    fc
      .tuple(
        fc.constantFrom('T', 't', ' '),
        fc.constantFrom('', '.0', '.123', '.123456789', '.', ',5'),
        fc.oneof(
          fc.constantFrom('Z', 'z', '', '+02:00', '-00:00', '+0200'),
          fc.tuple(two(25), two(61)).map((zone) => `+${zone.join(':')}`),
        ),
      )
      .map(
        ([divider, fraction, zone]) =>
          `${String(year).padStart(4, '0')}-${month}-${day}${divider}${hour}:${minute}:${second}${fraction}${zone}`,
      ),
  );

const likelyInstant = fc
  .tuple(
    fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    fc.constantFrom(19, 20, 22, 23),
  )
  .map(
    ([date, length]) =>
      `${date
        .toISOString()
        .slice(0, length)
        .replace(/\.?Z?$/, '')}Z`,
  );

function sound(kind: string): fc.Arbitrary<unknown> {
  const [head = '', rest = ''] = kind.split(/:(.*)/s);
  switch (head) {
    case 'object':
      return arbitraryAnswer(rest as keyof typeof shapes);
    case 'list':
      return fc.array(arbitraryValue(rest), { maxLength: 4 });
    case 'enum':
      return fc.constantFrom(...rest.split('|'), rest.toUpperCase());
    case 'boolean':
      return fc.boolean();
    case 'int32':
      return fc.oneof(fc.integer(), fc.constantFrom(-0, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1));
    case 'int64':
    case 'id':
      return fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n) - 1n, max: 2n ** 63n }), fc.constant(-0));
    case 'uuid':
      return fc.oneof(
        fc.uuid(),
        fc.uuid().map((uuid) => uuid.toUpperCase()),
        fc.uuid().map((uuid) => `${uuid} `),
        fc.uuid().map((uuid) => `{${uuid}}`),
        fc.string({ unit: 'grapheme', maxLength: 70 }),
      );
    case 'date-time':
      return fc.oneof(
        likelyInstant,
        dateTime,
        likelyInstant.map((instant) => instant.replace('Z', '+0000')),
      );
    default:
      return fc.string();
  }
}

/** A value for the place of one of a kind: mostly what was promised. */
function arbitraryValue(kind: string): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: sound(kind) }, { weight: 1, arbitrary: fc.constantFrom(...ODDITIES) });
}

/** Parsed answers for the place of a response schema: properties absent, broken or unknown to it among sound ones. */
export function arbitraryAnswer(name: keyof typeof shapes): fc.Arbitrary<object> {
  const properties = Object.entries<{ kind: string }>(shapes[name]).map(([property, { kind }]) => [
    property,
    arbitraryValue(kind),
  ]);
  return fc.record(
    { ...(Object.fromEntries(properties) as Record<string, fc.Arbitrary<unknown>>), unknown: fc.anything() },
    { requiredKeys: [] },
  );
}
