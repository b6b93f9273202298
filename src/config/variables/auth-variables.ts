import { credential, integer, keySetUrl, oneOf, someOf } from '../parsers.js';
import { secretVariable, variable } from '../variable.js';

const AUTH_MODES = ['token', 'jwt', 'none'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

/** Asymmetric ones only: a shared secret would let whoever can check a token make one. */
const JWT_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/** Who may call, and with which credential the upstream is asked. */
export const AUTH_VARIABLES = {
  AUTH_MODE: variable(
    oneOf(AUTH_MODES),
    undefined,
    'How callers are known: token (their own X-Sds-Service-Token), jwt (Authorization: Bearer) or none. Left out, token with UPSTREAM_URL and none with the sandbox.',
  ),
  UPSTREAM_TOKEN: secretVariable(
    credential,
    "With AUTH_MODE jwt or none, or with WEBHOOK_SECRETS or CHANGE_POLL_SECONDS, the gateway's own service token. This or UPSTREAM_TOKEN_FILE, not both.",
  ),
  UPSTREAM_TOKEN_FILE: variable(String, undefined, 'A file that holds UPSTREAM_TOKEN; read once, at the start.'),
  JWT_JWKS_URL: variable(
    keySetUrl,
    undefined,
    'With AUTH_MODE=jwt, where the keys of the token issuer are: a JSON Web Key Set by https.',
  ),
  JWT_ISSUER: variable(String, undefined, 'With AUTH_MODE=jwt, what iss has to be.'),
  JWT_AUDIENCE: variable(String, undefined, 'With AUTH_MODE=jwt, what aud has to be or contain.'),
  JWT_ALGORITHMS: variable(
    someOf(JWT_ALGORITHMS),
    'RS256,ES256,PS256,EdDSA',
    `Signature algorithms that are accepted, of ${JWT_ALGORITHMS.join(', ')}.`,
  ),
  JWT_CLOCK_SKEW_SECONDS: variable(
    integer(0, 300),
    '30',
    "How far the issuer's clock may be off where exp and nbf are checked.",
  ),
  JWT_CUSTOMER_IDS_CLAIM: variable(
    String,
    undefined,
    'Claim with the ids of the customers that a caller is limited to, such as customer_ids. Left out, nobody is limited; set, a token without it reaches no customer.',
  ),
};
