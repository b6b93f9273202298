import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../support/eventually.js';
import { startGateway } from '../support/start-gateway.js';
import { SignJWT, type JWK } from 'jose';
import { later } from '../support/later.js';
import type { Stack } from '../support/start-stack.js';
import {
  createSigningKey,
  seconds,
  signWith,
  startBearerStack,
  type SigningKey,
  type TokenIssuer,
} from '../support/token-issuer.js';

const QUERY = '{ customer(id: 5) { id } }';
const READS = { scope: 'customers:read' };
const STRANGERS = 40;

const lines: object[] = [];
const note = (facts: object): void => void lines.push(facts);

let stack: Stack & { issuer: TokenIssuer };
beforeEach(async () => {
  lines.length = 0;
  stack = await startBearerStack({ logger: { info: note, warn: note, error: note } });
});
afterEach(() => stack.close());

const statusOf = async (token: string): Promise<number> =>
  (await stack.execute(QUERY, undefined, { authorization: `Bearer ${token}` })).status;
const statusesOf = (tokens: readonly string[]): Promise<number[]> => Promise.all(tokens.map(statusOf));

/** Tokens with key ids that no key set holds. */
const madeUp = (count: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: count }, (_, index) => signWith({ ...stack.issuer.key, kid: `made-up-${index}` }, READS)),
  );

function signWithoutKid({ alg, privateKey }: SigningKey): Promise<string> {
  const claims = { iss: 'https://issuer.example', aud: 'dracoon-gateway', exp: seconds(300), ...READS };
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(privateKey);
}

const unnamed = ({ publicJwk: { kid: _kid, ...rest } }: SigningKey): JWK => rest;
const createKeys = (count: number): Promise<SigningKey[]> =>
  Promise.all(Array.from({ length: count }, () => createSigningKey('ES256', 'not published')));

describe('an unknown key id', () => {
  it.each([
    ['answers 500', async (issuer: TokenIssuer) => void (issuer.status = 500)],
    ['cannot be reached', (issuer: TokenIssuer) => issuer.goDown()],
    ['serves no key set', async (issuer: TokenIssuer) => void (issuer.served = 'no list' as never)],
  ])('causes one fetch in 30 seconds while the issuer %s, and known keys stay in use', async (_, fail) => {
    const { issuer } = stack;
    const known = (await issuer.bearer(READS)).authorization.replace('Bearer ', '');
    expect(await statusOf(known)).toBe(200);
    await fail(issuer);
    stack.sandbox.log.clear();
    const strangers = await madeUp(STRANGERS);
    await later(31_000, async () => {
      for (const token of strangers.slice(0, 5)) expect(await statusOf(token)).toBe(503);
      expect(new Set(await statusesOf(strangers))).toEqual(new Set([503]));
      expect(lines).toHaveLength(1);
      expect(stack.sandbox.log.all()).toEqual([]);
      expect(await statusOf(known)).toBe(200);
    });
    await later(62_000, () => statusesOf(strangers));
    expect(lines).toHaveLength(2);
    expect(issuer.fetches).toBeLessThanOrEqual(3);
  });

  it('causes one fetch in 30 seconds while the issuer answers', async () => {
    const strangers = await madeUp(STRANGERS);
    expect(new Set(await statusesOf(strangers))).toEqual(new Set([401]));
    await later(31_000, () => statusesOf(strangers));
    expect(stack.issuer.fetches).toBe(2);
  });
});

describe('a key set', () => {
  it('of more than 256 KiB is refused', async () => {
    const { issuer } = stack;
    issuer.served = [issuer.key.publicJwk, { kty: 'RSA', n: 'x'.repeat(256 * 1024) }];
    const { authorization } = await issuer.bearer(READS);
    await later(601_000, async () => expect(await statusOf(authorization.replace('Bearer ', ''))).toBe(503));
    expect(lines).toEqual([{ reason: 'ERR_JWKS_TOO_LARGE' }]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('with keys without an id verifies tokens with each of them in turn, whether or not the token names one', async () => {
    const keys = await createKeys(3);
    stack.issuer.served = [stack.issuer.key.publicJwk, ...keys.map(unnamed)];
    const tokens = await Promise.all(keys.flatMap((key) => [signWithoutKid(key), signWith(key, READS)]));
    expect(await later(31_000, () => statusesOf(tokens))).toEqual(tokens.map(() => 200));
    const [foreign] = await createKeys(1);
    if (!foreign) throw new Error('no key');
    stack.sandbox.log.clear();
    const strange = [await signWithoutKid(foreign), await signWith(foreign, READS)];
    expect(await later(31_000, () => statusesOf(strange))).toEqual([401, 401]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('with keys without an id stays in use while the issuer fails', async () => {
    const [key] = await createKeys(1);
    if (!key) throw new Error('no key');
    stack.issuer.served = [unnamed(key)];
    const token = await signWith(key, READS);
    await later(31_000, async () => expect(await statusOf(token)).toBe(200));
    stack.issuer.status = 500;
    await later(62_000, async () => expect(await statusOf(token)).toBe(200));
  });

  it('with two keys of one id verifies tokens of both', async () => {
    const keys = await createKeys(2);
    stack.issuer.served = keys.map(({ publicJwk }) => publicJwk);
    const tokens = await Promise.all(keys.map((key) => signWith(key, READS)));
    expect(await later(31_000, () => statusesOf(tokens))).toEqual([200, 200]);
  });

  it('has ten of its keys without an id tried for one token at most', async () => {
    const keys = await createKeys(11);
    stack.issuer.served = keys.map(unnamed);
    const tokens = await Promise.all([9, 10].map((index) => signWithoutKid(keys[index] as SigningKey)));
    expect(await later(601_000, () => statusesOf(tokens))).toEqual([200, 401]);
  });

  it('does not let a key with an id verify a token that names another', async () => {
    const { issuer } = stack;
    expect(await statusOf(await signWith({ ...issuer.key, kid: 'another' }, READS))).toBe(401);
  });
});

describe('at the start, without any token', () => {
  it('the keys are fetched, and not again for the first token', async () => {
    const { issuer } = stack;
    await eventually('the keys are fetched', () => issuer.fetches === 1);
    expect(await statusOf((await issuer.bearer(READS)).authorization.replace('Bearer ', ''))).toBe(200);
    expect(issuer.fetches).toBe(1);
  });

  it.each<[string, string, (response: ServerResponse) => void]>([
    ['a status', 'ERR_JWKS_STATUS_404', (response) => response.writeHead(404).end()],
    ['a redirect', 'ERR_JWKS_STATUS_302', (response) => response.writeHead(302, { location: '/' }).end()],
    ['a page', 'ERR_JWKS_NOT_JSON', (response) => response.end('<html>')],
    [
      'a discovery document',
      'ERR_JWKS_INVALID',
      (response) => response.end('{"jwks_uri":"https://issuer.example/keys"}'),
    ],
    ['silence', 'ERR_JWKS_TIMEOUT', () => undefined],
    ['an end without an answer', 'UND_ERR_SOCKET', (response) => response.destroy()],
  ])('%s in place of the keys is in the log as %s', async (_what, reason, answer) => {
    const server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const gateway = await startGateway(
      { ...stack.issuer.env, UPSTREAM_URL: stack.sandbox.url, JWT_JWKS_URL: `http://127.0.0.1:${port}/keys` },
      { info: note, warn: note, error: note },
    );
    try {
      await eventually('the failure is logged', () => lines.length > 0);
      expect(lines).toEqual([{ reason }]);
    } finally {
      await gateway.close(0);
      server.closeAllConnections();
      server.close();
    }
  });
});
