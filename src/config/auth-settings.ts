import { isLoopback } from './parsers.js';
import type { AuthMode } from './variables/auth-variables.js';
import type { Values } from './variables.js';

/** How bearer tokens are checked. */
export interface JwtSettings {
  jwksUrl: URL;
  issuer: string;
  /** One of them has to be in a token. */
  audiences: readonly string[];
  algorithms: readonly string[];
  clockSkewSeconds: number;
  /** Claim that limits a caller to certain customers; undefined if no one is limited. */
  customerIdsClaim: string | undefined;
}

/** Where the gateway's own service token is. */
export type UpstreamCredential = { token: string } | { file: string };

/** How callers are known, and whose credential goes upstream. */
export type AuthSettings =
  /** The credential is for what the gateway does of its own accord, never for a caller. */
  | { mode: 'token'; credential: UpstreamCredential | undefined }
  /** Without a credential, the sandbox's. */
  | { mode: 'none'; credential: UpstreamCredential | undefined }
  | { mode: 'jwt'; credential: UpstreamCredential; jwt: JwtSettings };

type Name = keyof Values;
type Given = (name: Name) => boolean;

const JWT_NEEDS = ['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'] as const;

function modeOf({ AUTH_MODE }: Partial<Values>, given: Given): AuthMode | undefined {
  if (given('AUTH_MODE')) return AUTH_MODE;
  return given('UPSTREAM_URL') ? 'token' : 'none';
}

/** What the gateway does of its own accord; undefined for nothing. */
function ownWork({ CHANGE_POLL_SECONDS }: Partial<Values>, given: Given): Name | undefined {
  if (given('WEBHOOK_SECRETS')) return 'WEBHOOK_SECRETS';
  return CHANGE_POLL_SECONDS ? 'CHANGE_POLL_SECONDS' : undefined;
}

function credentialProblems(mode: AuthMode, values: Partial<Values>, given: Given): string[] {
  const count = [given('UPSTREAM_TOKEN'), given('UPSTREAM_TOKEN_FILE')].filter(Boolean).length;
  const isNeeded = mode === 'jwt' || (mode === 'none' && given('UPSTREAM_URL'));
  const work = given('UPSTREAM_URL') ? ownWork(values, given) : undefined;
  if (count === 2) return ['UPSTREAM_TOKEN and UPSTREAM_TOKEN_FILE must not both be set.'];
  if (count > 0 || !(isNeeded || work)) return [];
  return [`UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE must be set with ${isNeeded ? `AUTH_MODE=${mode}` : work}.`];
}

function opennessProblems(values: Partial<Values>, given: Given): string[] {
  const where = 'AUTH_MODE must be token or jwt';
  const note = given('AUTH_MODE') ? '' : '; left out, it is none with the sandbox';
  return [
    ...(values.NODE_ENV === 'production' ? [`${where} with NODE_ENV=production${note}.`] : []),
    ...(given('UPSTREAM_URL') && !isLoopback(values.HOST ?? '')
      ? [`${where} if UPSTREAM_URL is set and HOST is not a loopback address.`]
      : []),
  ];
}

/** What is wrong between variables; what is wrong with one by itself is reported by its schema. */
export function authProblems(values: Partial<Values>, given: Given): string[] {
  const mode = modeOf(values, given);
  if (mode === undefined) return [];
  const missing = mode === 'jwt' ? JWT_NEEDS.filter((name) => !given(name)) : [];
  return [
    ...credentialProblems(mode, values, given),
    ...missing.map((name) => `${name} must be set with AUTH_MODE=jwt.`),
    ...(mode === 'none' ? opennessProblems(values, given) : []),
  ];
}

function toCredential({ UPSTREAM_TOKEN, UPSTREAM_TOKEN_FILE }: Values): UpstreamCredential | undefined {
  if (UPSTREAM_TOKEN !== undefined) return { token: UPSTREAM_TOKEN };
  return UPSTREAM_TOKEN_FILE === undefined ? undefined : { file: UPSTREAM_TOKEN_FILE };
}

/** The settings that values without `authProblems` describe. */
export function toAuthSettings(values: Values): AuthSettings {
  const mode = modeOf(values, (name) => values[name] !== undefined);
  const credential = toCredential(values);
  const { JWT_JWKS_URL, JWT_ISSUER, JWT_AUDIENCE, JWT_ALGORITHMS, JWT_CLOCK_SKEW_SECONDS } = values;
  if (mode === 'none') return Object.freeze({ mode, credential });
  if (mode !== 'jwt') return Object.freeze({ mode: 'token', credential });
  if (!credential || !JWT_JWKS_URL || !JWT_ISSUER || !JWT_AUDIENCE) throw new Error('authProblems was not asked');
  return Object.freeze({
    mode,
    credential,
    jwt: Object.freeze({
      jwksUrl: JWT_JWKS_URL,
      issuer: JWT_ISSUER,
      // Clients of the protocol ask their issuer for a token for the URL that they call (RFC 8707).
      audiences: values.MCP_URL ? [JWT_AUDIENCE, values.MCP_URL.href] : [JWT_AUDIENCE],
      algorithms: JWT_ALGORITHMS,
      clockSkewSeconds: JWT_CLOCK_SKEW_SECONDS,
      customerIdsClaim: values.JWT_CUSTOMER_IDS_CLAIM,
    }),
  });
}
