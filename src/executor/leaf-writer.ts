import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  type GraphQLLeafType,
  type GraphQLScalarType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { quote, toByteText } from './text.js';

/** Writes a value of a scalar or an enum as JSON in byte text. @throws what the type's `serialize` throws */
export type LeafWriter = (value: unknown) => string;

function toJson(serialized: unknown): string {
  if (typeof serialized === 'string') return quote(serialized);
  if (typeof serialized === 'number') return Number.isFinite(serialized) ? String(serialized) : 'null';
  const text = JSON.stringify(serialized) as string | undefined;
  if (text === undefined) throw new TypeError(`JSON has no text for ${inspect(serialized)}.`);
  return toByteText(text);
}

function byType(type: GraphQLLeafType): LeafWriter {
  return (value) => {
    const serialized: unknown = type.serialize(value);
    if (serialized == null) {
      throw new Error(
        `Expected \`${inspect(type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(serialized)}`,
      );
    }
    return toJson(serialized);
  };
}

function enumWriter(type: GraphQLEnumType): LeafWriter {
  const otherwise = byType(type);
  const texts = new Map<unknown, string>(type.getValues().map(({ name, value }) => [value, quote(name)]));
  return (value) => texts.get(value) ?? otherwise(value);
}

/** A scalar says by the extension `keeps` of which kind the values are that it serializes to themselves. */
function keepingWriter(type: GraphQLScalarType, otherwise: LeafWriter): LeafWriter {
  switch (type.extensions['keeps']) {
    case 'string':
      return (value) => (typeof value === 'string' ? quote(value) : otherwise(value));
    case 'number':
      return (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : otherwise(value));
    default:
      return otherwise;
  }
}

/**
 * The writer of a leaf type. `serialize` decides what a value becomes; it is left out only for the values that
 * it is known to hand back as they are.
 */
export function createLeafWriter(type: GraphQLLeafType): LeafWriter {
  const otherwise = byType(type);
  switch (type) {
    case GraphQLString:
    case GraphQLID:
      return (value) => (typeof value === 'string' ? quote(value) : otherwise(value));
    case GraphQLInt:
      return (value) => (typeof value === 'number' && (value | 0) === value ? String(value) : otherwise(value));
    case GraphQLFloat:
      return (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : otherwise(value));
    case GraphQLBoolean:
      return (value) => (value === true ? 'true' : value === false ? 'false' : otherwise(value));
    default:
      return type instanceof GraphQLEnumType ? enumWriter(type) : keepingWriter(type, otherwise);
  }
}
