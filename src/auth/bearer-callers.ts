import { errors, jwtVerify, type CryptoKey, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import type { JwtSettings } from '../config/auth-settings.js';
import { GatewayError } from '../errors/gateway-error.js';
import type { Dispatcher } from 'undici';
import { createOnce } from '../telemetry/log-once.js';
import type { Logger } from '../telemetry/logger.js';
import type { Authenticate, Caller } from './caller.js';
import { toCustomerIds, toScopes } from './claims.js';
import { createKeySet, KeysUnavailable } from './key-set.js';
import { oneHeader } from './credentials.js';

/** Keys that one token is tried with, because each costs a signature check. */
const MAX_CANDIDATES = 10;

const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

const SIGN_IN = 'Send a token in Authorization: Bearer.';
/** RFC 6750: without an error where no token was sent. */
const CHALLENGE = 'Bearer';
const REFUSAL = 'Bearer error="invalid_token"';
const ANONYMOUS: Caller = {
  serviceToken: undefined,
  identity: undefined,
  isVerified: false,
  scopes: new Set(),
  customerIds: new Set(),
  expiresAtMs: undefined,
  signIn: SIGN_IN,
  challenge: CHALLENGE,
};

const unauthenticated = (message: string, challenge: string): GatewayError =>
  new GatewayError('UNAUTHENTICATED', message, { httpStatus: 401, challenge });

const keysUnavailable = (): GatewayError =>
  new GatewayError('UNAUTHENTICATED', 'Tokens cannot be checked at the moment. Try again soon.', { httpStatus: 503 });

/** jose's code, and the claim at fault if there is one: enough for an operator, and nothing of the token. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed) return `${error.code}: ${error.claim}`;
  return error instanceof errors.JOSEError ? error.code : 'ERR_JWT_UNREADABLE';
}

/** Another key may verify the token. */
const isKeysFault = (error: unknown): boolean =>
  error instanceof errors.JWSSignatureVerificationFailed || error instanceof TypeError;

/** Verifies a token with each of several keys in turn. @throws what `jwtVerify` throws */
async function verifyWithAny(
  token: string,
  keys: AsyncIterable<CryptoKey>,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  let tried = 0;
  for await (const key of keys) {
    try {
      return (await jwtVerify(token, key, options)).payload;
    } catch (error) {
      if (!isKeysFault(error)) throw error;
    }
    tried += 1;
    if (tried === MAX_CANDIDATES) break;
  }
  throw new errors.JWSSignatureVerificationFailed();
}

export interface BearerCallersOptions {
  settings: JwtSettings;
  /** The gateway's own service token, which goes upstream for every caller. */
  serviceToken: () => string | undefined;
  logger: Logger;
  /** Fetches the keys, through a proxy say. */
  dispatcher: Dispatcher | undefined;
  /** Notified of each fetch of the keys, with a word for why it failed, if it did. */
  onKeysFetched: (failure: string | undefined) => void;
  now: () => number;
}

/** Verifies tokens of one issuer, each with the issuer's keys. */
class TokenVerifier {
  private readonly keys: JWTVerifyGetKey;
  private readonly options: JWTVerifyOptions;
  private readonly logOnce: (reason: string) => void;

  constructor({ settings, logger, dispatcher, onKeysFetched, now }: BearerCallersOptions) {
    this.keys = createKeySet(settings.jwksUrl, {
      onFetch(reason) {
        if (reason !== undefined) logger.error({ reason }, 'cannot fetch the keys for checking bearer tokens');
        onKeysFetched(reason);
      },
      dispatcher,
      now,
    });
    this.logOnce = createOnce((reason) =>
      logger.warn({ reason }, 'bearer token rejected; logged once for each reason'),
    );
    this.options = {
      issuer: settings.issuer,
      audience: [...settings.audiences],
      algorithms: [...settings.algorithms],
      clockTolerance: settings.clockSkewSeconds,
      requiredClaims: ['exp'],
    };
  }

  /** @throws GatewayError 401 for a token that does not hold, 503 while the keys can't be fetched */
  async verify(token: string): Promise<JWTPayload> {
    try {
      return await this.claimsOf(token);
    } catch (error) {
      if (error instanceof KeysUnavailable) throw keysUnavailable();
      this.logOnce(reasonOf(error));
      throw unauthenticated(
        error instanceof errors.JWTExpired ? 'The bearer token has expired.' : 'The bearer token is not accepted.',
        REFUSAL,
      );
    }
  }

  private async claimsOf(token: string): Promise<JWTPayload> {
    try {
      return (await jwtVerify(token, this.keys, this.options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      return verifyWithAny(token, error, this.options);
    }
  }
}

/**
 * Callers with a signed token (RFC 7519) in `Authorization: Bearer` (RFC 6750). What is not certain is refused: 401 for
 * a token that does not hold, 503 while the issuer's keys can't be fetched.
 */
export function createBearerCallers(options: BearerCallersOptions): Authenticate {
  const { serviceToken, settings } = options;
  const { clockSkewSeconds, customerIdsClaim } = settings;
  const verifier = new TokenVerifier(options);
  return async (request) => {
    const header = oneHeader(request, 'Authorization');
    if (header === undefined) return ANONYMOUS;
    const token = BEARER.exec(header)?.[1];
    if (token === undefined) throw unauthenticated(SIGN_IN, CHALLENGE);
    const claims = await verifier.verify(token);
    return {
      // That of a connection that is open follows the token file.
      get serviceToken() {
        return serviceToken();
      },
      identity: JSON.stringify([claims.iss, claims.sub ?? null]),
      isVerified: true,
      scopes: toScopes(claims),
      expiresAtMs: claims.exp === undefined ? undefined : (claims.exp + clockSkewSeconds) * 1_000,
      customerIds: customerIdsClaim === undefined ? undefined : toCustomerIds(claims[customerIdsClaim]),
      signIn: SIGN_IN,
      challenge: CHALLENGE,
    };
  };
}
