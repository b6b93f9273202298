import { isCredential } from '../config/parsers.js';
import { GatewayError } from '../errors/gateway-error.js';
import type { Authenticate } from './caller.js';
import { oneHeader } from './one-header.js';

const TOKEN_HEADER = 'X-Sds-Service-Token';
/** No scheme of the registry takes a token in a header of its own. */
const CHALLENGE = `ServiceToken header="${TOKEN_HEADER}"`;

/** Callers with a service token of their own, which the upstream judges, else with `defaultToken`. */
export function createServiceTokenCallers(defaultToken: string | undefined): Authenticate {
  return (request) => {
    const token = oneHeader(request, TOKEN_HEADER);
    if (token !== undefined && !isCredential(token)) {
      throw new GatewayError('BAD_REQUEST', `${TOKEN_HEADER} must hold a token.`, { httpStatus: 400 });
    }
    return {
      serviceToken: token ?? defaultToken,
      scopes: undefined,
      customerIds: undefined,
      expiresAtMs: undefined,
      signIn: `Send your DRACOON service token in ${TOKEN_HEADER}.`,
      challenge: CHALLENGE,
    };
  };
}
