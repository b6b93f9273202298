import { GatewayError } from '../errors/gateway-error.js';
import { parseJson } from '../json/parse-json.js';
import { decodeUtf8 } from '../json/decode-utf8.js';

const JSON_MEDIA_TYPE = /^application\/(?:graphql\+)?json\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^;"\s]+)/i;

function isJsonInUtf8(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true;
  if (!contentType || !JSON_MEDIA_TYPE.test(contentType)) return false;
  const charset = CHARSET.exec(contentType)?.[1];
  return charset === undefined || charset.toLowerCase() === 'utf-8';
}

function refuse(httpStatus: number, message: string): GatewayError {
  return new GatewayError('BAD_REQUEST', message, { httpStatus });
}

/**
 * A GraphQL request body. Integers past 2^53 come out as their decimal text, which ID and Long take without loss.
 * @throws GatewayError BAD_REQUEST: 415 on another media type or charset, 400 on text that is not UTF-8 or not JSON
 */
export function parseGraphqlBody(contentType: string | undefined, bytes: Buffer): unknown {
  if (!isJsonInUtf8(contentType)) throw refuse(415, 'The request body must be application/json in utf-8.');
  const text = decodeUtf8(bytes);
  try {
    if (text !== undefined) return parseJson(text, String);
  } catch {
    // As with text that is not UTF-8.
  }
  throw refuse(400, 'The request body is not valid JSON in utf-8.');
}
