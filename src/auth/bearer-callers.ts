import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { JwtSettings } from '../config/auth-settings.js';
import { GatewayError } from '../errors/gateway-error.js';
import { createOnce } from '../telemetry/log-once.js';
import type { Logger } from '../telemetry/logger.js';
import type { Authenticate, Caller } from './caller.js';
import { toCustomerIds, toScopes } from './claims.js';
import { createKeySet, KeysUnavailable } from './key-set.js';
import { oneHeader } from './one-header.js';

const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

const SIGN_IN = 'Send a token in Authorization: Bearer.';
/** RFC 6750: without an error where no token was sent. */
const CHALLENGE = 'Bearer';
const REFUSAL = 'Bearer error="invalid_token"';
const ANONYMOUS: Caller = {
  serviceToken: undefined,
  scopes: new Set(),
  customerIds: new Set(),
  expiresAtMs: undefined,
  signIn: SIGN_IN,
  challenge: CHALLENGE,
};

const unauthenticated = (message: string, challenge: string): GatewayError =>
  new GatewayError('UNAUTHENTICATED', message, { httpStatus: 401, challenge });

const keysUnavailable = (): GatewayError =>
  new GatewayError('UNAUTHENTICATED', 'Tokens cannot be checked now. Try again soon.', { httpStatus: 503 });

/** jose's code, and the claim at fault where there is one: enough for an operator, and nothing of the token. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed) return `${error.code}: ${error.claim}`;
  return error instanceof errors.JOSEError ? error.code : 'ERR_JWT_UNREADABLE';
}

export interface BearerCallersOptions {
  settings: JwtSettings;
  /** The gateway's own service token, which goes upstream for every caller. */
  serviceToken: string;
  logger: Logger;
  now: () => number;
}

/**
 * Callers with a signed token (RFC 7519) in `Authorization: Bearer` (RFC 6750). What is not certain is refused: 401 for
 * a token that does not hold, 503 while the issuer's keys can't be fetched.
 */
export function createBearerCallers({ settings, serviceToken, logger, now }: BearerCallersOptions): Authenticate {
  const { issuer, audience, clockSkewSeconds, customerIdsClaim } = settings;
  const keys = createKeySet(settings.jwksUrl, {
    onFailure: (reason) => logger.error({ reason }, 'the keys that bearer tokens are checked with cannot be fetched'),
    now,
  });
  const refusedOnce = createOnce((reason) => logger.warn({ reason }, 'a bearer token was refused; told once a reason'));

  async function verify(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: [...settings.algorithms],
        clockTolerance: clockSkewSeconds,
        requiredClaims: ['exp'],
      });
      return payload;
    } catch (error) {
      if (error instanceof KeysUnavailable) throw keysUnavailable();
      refusedOnce(reasonOf(error));
      throw unauthenticated(
        error instanceof errors.JWTExpired ? 'The bearer token has expired.' : 'The bearer token is not accepted.',
        REFUSAL,
      );
    }
  }

  return async (request) => {
    const header = oneHeader(request, 'Authorization');
    if (header === undefined) return ANONYMOUS;
    const token = BEARER.exec(header)?.[1];
    if (token === undefined) throw unauthenticated(SIGN_IN, CHALLENGE);
    const claims = await verify(token);
    return {
      serviceToken,
      scopes: toScopes(claims),
      expiresAtMs: claims.exp === undefined ? undefined : (claims.exp + clockSkewSeconds) * 1_000,
      customerIds: customerIdsClaim === undefined ? undefined : toCustomerIds(claims[customerIdsClaim]),
      signIn: SIGN_IN,
      challenge: CHALLENGE,
    };
  };
}
