import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import type { Logger } from '../../src/telemetry/logger.js';
import { eventually } from './eventually.js';
import { findFreePort } from './free-port.js';
import { startStack, type Stack } from './start-stack.js';

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'dracoon-gateway';

export interface SigningKey {
  alg: string;
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
  publicPem: string;
}

/** Seconds since 1970, `fromNow` later. */
export const seconds = (fromNow = 0): number => Math.floor(Date.now() / 1_000) + fromNow;

export async function createSigningKey(alg: string, kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return { alg, kid, privateKey, publicJwk, publicPem: await exportSPKI(publicKey) };
}

export function signWith(key: SigningKey, claims: JWTPayload): Promise<string> {
  return new SignJWT({ iss: ISSUER, aud: AUDIENCE, exp: seconds(300), ...claims })
    .setProtectedHeader({ alg: key.alg, kid: key.kid })
    .sign(key.privateKey);
}

/** An issuer of tokens with its key endpoint on loopback, which can go down, come back and change its keys. */
export interface TokenIssuer {
  /** The variables of a gateway that trusts it. */
  env: Record<string, string>;
  key: SigningKey;
  /** What the key endpoint serves. */
  served: JWK[];
  /** The status that the key endpoint answers with. */
  status: number;
  /** Requests that the key endpoint has answered. */
  fetches: number;
  /** The header of a caller with these claims; issuer, audience and expiry are good unless they are given. */
  bearer(claims?: JWTPayload): Promise<{ authorization: string }>;
  goDown(): Promise<void>;
  comeUp(): Promise<void>;
}

let firstKey: Promise<SigningKey> | undefined;

/** All issuers of a suite begin with the same key: finding the primes of one takes longer than most tests. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const key = await (firstKey ??= createSigningKey('RS256', 'first'));
  let server: Server | undefined;
  const port = await findFreePort();

  const issuer: TokenIssuer = {
    env: {},
    key,
    served: [key.publicJwk],
    status: 200,
    fetches: 0,
    bearer: async (claims = {}) => ({ authorization: `Bearer ${await signWith(key, claims)}` }),
    async goDown() {
      const closing = server;
      if (!closing) return;
      server = undefined;
      const closed = once(closing, 'close');
      closing.close();
      closing.closeAllConnections();
      await closed;
    },
    async comeUp() {
      server = createServer((_, response) => {
        issuer.fetches += 1;
        response
          .writeHead(issuer.status, { 'content-type': 'application/json' })
          .end(JSON.stringify({ keys: issuer.served }));
      });
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
  await issuer.comeUp();
  issuer.env = {
    AUTH_MODE: 'jwt',
    UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
    JWT_JWKS_URL: `http://127.0.0.1:${port}/keys`,
    JWT_ISSUER: ISSUER,
    JWT_AUDIENCE: AUDIENCE,
  };
  return issuer;
}

/** A stack whose callers are known by the tokens of an issuer. */
export async function startBearerStack(
  options: { env?: Record<string, string>; logger?: Logger } = {},
): Promise<Stack & { issuer: TokenIssuer }> {
  const issuer = await startTokenIssuer();
  const stack = await startStack({ ...options, env: { ...issuer.env, ...options.env } });
  // What a test serves from now on comes with the next fetch.
  await eventually('the keys are fetched at the start', () => issuer.fetches > 0);
  return {
    ...stack,
    issuer,
    async close() {
      await stack.close();
      await issuer.goDown();
    },
  };
}
