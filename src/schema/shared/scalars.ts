import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDate, GraphQLDateTime, GraphQLUUID } from 'graphql-scalars';
import { isUuidLike } from '../../records/formats.js';

const INT64_LIMIT = 2n ** 63n;
const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/** The exact value: a number where it is one exactly, a bigint beyond ±(2^53-1). */
function toLong(value: unknown): number | bigint {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || text.length > 20 || !INTEGER.test(text)) {
    throw new TypeError('Long takes a whole number, or its decimal digits as a string beyond 2^53-1.');
  }
  const exact = BigInt(text);
  if (exact < -INT64_LIMIT || exact >= INT64_LIMIT) throw new TypeError('Long takes at most 64 bits.');
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact;
}

export const Long = new GraphQLScalarType<number | bigint, number | string>({
  name: 'Long',
  description:
    'A 64-bit integer, always exact. In responses it is a JSON number up to 9007199254740991 (2^53-1) in size and a string of decimal digits beyond, ' +
    'because JavaScript would round larger numbers. In input both forms are accepted.',
  serialize: (value) => (typeof value === 'bigint' ? value.toString() : Number(value)),
  parseValue: toLong,
  parseLiteral: (node) => {
    if (node.kind !== Kind.INT && node.kind !== Kind.STRING) throw new TypeError('Long takes a whole number.');
    return toLong(node.value);
  },
  extensions: { codegenScalarType: 'number | string', keeps: 'number' },
});

/** Upstream instants are checked on arrival and pass through as they are, to the last digit of their fraction. */
export const DateTime = new GraphQLScalarType<Date, string | Date>({
  ...GraphQLDateTime.toConfig(),
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  description: 'An instant in time as an RFC 3339 string, such as 2024-05-06T07:08:09Z.',
  serialize: (value) => (typeof value === 'string' ? value : GraphQLDateTime.serialize(value)),
  extensions: { ...GraphQLDateTime.extensions, keeps: 'string' },
});

export const CalendarDate = new GraphQLScalarType({
  ...GraphQLDate.toConfig(),
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  description: 'A calendar day in UTC as yyyy-MM-dd, such as 2024-05-06.',
});

function toUuid(value: unknown): string {
  if (typeof value === 'string' && isUuidLike(value)) return value;
  throw new TypeError('UUID takes a text of at most 64 printable characters.');
}

/** The upstream's are checked on arrival, and the gateway has no others. A client may send back what the upstream gave. */
export const UUID = new GraphQLScalarType<string, string>({
  ...GraphQLUUID.toConfig(),
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc9562',
  description:
    'A universally unique identifier (RFC 9562), such as 123e4567-e89b-12d3-a456-426614174000. If DRACOON returns one of another form, it is passed on: at most 64 printable characters.',
  serialize: String,
  parseValue: toUuid,
  parseLiteral: (node) => toUuid(node.kind === Kind.STRING ? node.value : undefined),
  extensions: { ...GraphQLUUID.extensions, keeps: 'string' },
});
