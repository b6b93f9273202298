import { GatewayError } from '../errors/gateway-error.js';
import { parseJson } from '../json/parse-json.js';

const JSON_MEDIA_TYPE = /^application\/(?:graphql\+)?json\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^;"\s]+)/i;
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

function refuse(httpStatus: number, message: string): GatewayError {
  return new GatewayError('BAD_REQUEST', message, { httpStatus });
}

/**
 * A GraphQL request body. Integers past 2^53 come out as their decimal text, which ID and Long take without loss.
 * @throws GatewayError BAD_REQUEST: 415 on another media type or charset, 400 on text that is not UTF-8 or not JSON
 */
export function parseGraphqlBody(contentType: string | undefined, bytes: Buffer): unknown {
  const charset = contentType && CHARSET.exec(contentType)?.[1];
  if (!contentType || !JSON_MEDIA_TYPE.test(contentType) || (charset && charset.toLowerCase() !== 'utf-8')) {
    throw refuse(415, 'The request body must be application/json in utf-8.');
  }
  try {
    return parseJson(UTF_8.decode(bytes), String);
  } catch {
    throw refuse(400, 'The request body is not valid JSON in utf-8.');
  }
}
