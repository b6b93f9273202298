import { ApiFailure } from '../http/errors.js';
import { isJsonObject, readJson, type Json, type JsonObject } from '../http/json.js';

/**
 * Reads the members of a request body with the types the contract gives them. A member which is absent or null reads as
 * `undefined`: the contract leaves open what null means, and here it means "not sent".
 */
export interface BodyReader {
  text(name: string, options?: { readonly maxLength?: number }): string | undefined;
  boolean(name: string): boolean | undefined;
  /** An int32 of at least 0. */
  count(name: string): number | undefined;
  /** Any int64. */
  int64(name: string): bigint | undefined;
  object(name: string): BodyReader | undefined;
  objects(name: string): readonly BodyReader[] | undefined;
  texts(name: string): readonly string[] | undefined;
}

const DEFAULT_MAX_LENGTH = 255;
const INT32_MAX = 2_147_483_647n;
const INT64_MAX = 9_223_372_036_854_775_807n;

/** Reads a request's body. Throws an ApiFailure if it is not a JSON object. */
export function readBody(text: string): BodyReader {
  let body: Json;
  try {
    body = readJson(text);
  } catch {
    throw new ApiFailure('malformedBody');
  }
  return createBodyReader(body);
}

/** The value, unless it is absent or empty, which the API refuses for mandatory members. */
export function mandatory<V>(value: V | undefined, name: string): V {
  const isEmpty = value === undefined || (typeof value === 'string' && value.trim() === '');
  if (isEmpty) throw new ApiFailure('mandatoryField', { debugInfo: `Mandatory fields cannot be empty: ${name}` });
  return value;
}

/** The value, which may be absent, but not empty. */
export const notEmpty = (value: string | undefined, name: string): string | undefined =>
  value === '' ? mandatory(value, name) : value;

function createBodyReader(body: Json): BodyReader {
  if (!isJsonObject(body)) throw new ApiFailure('malformedBody');

  return {
    text(name, { maxLength = DEFAULT_MAX_LENGTH } = {}) {
      const value = memberOf(body, name);
      if (value === undefined) return undefined;
      const text = toText(value, name);
      if (text.length > maxLength) {
        throw new ApiFailure('tooLong', {
          debugInfo: `Maximum allowed length is exceeded: ${name} (${String(maxLength)})`,
        });
      }
      return text;
    },
    boolean(name) {
      const value = memberOf(body, name);
      if (value === undefined || typeof value === 'boolean') return value;
      throw new ApiFailure('invalidBoolean', { debugInfo: `Invalid boolean value: ${name}` });
    },
    count(name) {
      const value = toInteger(memberOf(body, name), name, INT32_MAX);
      if (value !== undefined && value < 0n) {
        throw new ApiFailure('invalidPositiveNumber', { debugInfo: `Invalid positive number: ${name}` });
      }
      return value === undefined ? undefined : Number(value);
    },
    int64: (name) => toInteger(memberOf(body, name), name, INT64_MAX),
    object(name) {
      const value = memberOf(body, name);
      return value === undefined ? undefined : createBodyReader(value);
    },
    objects: (name) => listOf(body, name)?.map(createBodyReader),
    texts: (name) => listOf(body, name)?.map((item) => toText(item, name)),
  };
}

function memberOf(body: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(body, name) ? (body[name] ?? undefined) : undefined;
}

function listOf(body: JsonObject, name: string): readonly Json[] | undefined {
  const value = memberOf(body, name);
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new ApiFailure('malformedBody', { debugInfo: `${name} is not an array` });
  return value as readonly Json[];
}

function toText(value: Json, name: string): string {
  if (typeof value !== 'string') throw new ApiFailure('malformedBody', { debugInfo: `${name} is not a string` });
  return value;
}

function toInteger(value: Json | undefined, name: string, maximum: bigint): bigint | undefined {
  if (value === undefined) return undefined;
  const integer = typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
  if (typeof integer !== 'bigint' || integer > maximum || integer < -maximum - 1n) {
    throw new ApiFailure('invalidNumber', { debugInfo: `Invalid number: ${name}` });
  }
  return integer;
}
