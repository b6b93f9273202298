import { credential, integer, keySetUrl, oneOf, someOf, text } from '../parsers.js';
import { secretVariable, variable } from '../variable.js';

const AUTH_MODES = ['token', 'jwt', 'none'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

/** Asymmetric ones only: a shared secret would let anyone who can check a token make one. */
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
    'How callers authenticate: token (their own X-Sds-Service-Token), jwt (Authorization: Bearer) or none. Left out, token with UPSTREAM_URL and none with the sandbox.',
  ),
  UPSTREAM_TOKEN: secretVariable(
    credential,
    "With AUTH_MODE jwt or none, or with WEBHOOK_SECRETS or CHANGE_POLL_SECONDS, the gateway's own service token. This or UPSTREAM_TOKEN_FILE, not both.",
  ),
  UPSTREAM_TOKEN_FILE: variable(text, undefined, 'A file that holds UPSTREAM_TOKEN; read again when it changes.'),
  JWT_JWKS_URL: variable(
    keySetUrl,
    undefined,
    'With AUTH_MODE=jwt, address of the keys of the token issuer: a JSON Web Key Set over https.',
  ),
  JWT_ISSUER: variable(text, undefined, 'With AUTH_MODE=jwt, required value of iss.'),
  JWT_AUDIENCE: variable(text, undefined, 'With AUTH_MODE=jwt, required value of aud, or one of its values.'),
  JWT_ALGORITHMS: variable(
    someOf(JWT_ALGORITHMS),
    'RS256,ES256,PS256,EdDSA',
    `Signature algorithms that are accepted, of ${JWT_ALGORITHMS.join(', ')}.`,
  ),
  JWT_CLOCK_SKEW_SECONDS: variable(
    integer(0, 300),
    '30',
    'Tolerated difference of clocks when exp and nbf are checked.',
  ),
  JWT_CUSTOMER_IDS_CLAIM: variable(
    text,
    undefined,
    'Claim with the ids of the customers that a caller is limited to, such as customer_ids. If unset, no caller is limited; if set, a token without the claim reaches no customer.',
  ),
};
