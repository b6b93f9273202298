import { SignJWT, type JWTPayload } from 'jose';
import { later } from '../support/later.js';
import type { GraphqlAnswer, Stack } from '../support/start-stack.js';
import { postWithHeaders } from '../support/post-with-headers.js';
import { createSigningKey, seconds, signWith, startBearerStack, type TokenIssuer } from '../support/token-issuer.js';

const QUERY = '{ customer(id: 5) { id } }';
const READS = { scope: 'customers:read' };

const lines: { facts: object; message: string }[] = [];
const note = (facts: object, message: string): void => void lines.push({ facts, message });

let stack: Stack & { issuer: TokenIssuer };
beforeEach(async () => {
  lines.length = 0;
  stack = await startBearerStack({ logger: { info: note, warn: note, error: note } });
});
afterEach(() => stack.close());

const ask = (headers: Record<string, string>, query = QUERY): Promise<GraphqlAnswer<unknown>> =>
  stack.execute(query, undefined, headers);
const askWith = (token: string): Promise<GraphqlAnswer<unknown>> => ask({ authorization: `Bearer ${token}` });

async function expectRefused(answer: Promise<GraphqlAnswer<unknown>>, status = 401): Promise<void> {
  const { status: answered, data, errors } = await answer;
  expect([answered, data]).toEqual([status, undefined]);
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  expect(stack.sandbox.log.all()).toEqual([]);
}

describe('a bearer token', () => {
  it('that holds lets its caller in, with the credential of the gateway upstream', async () => {
    const { issuer, sandbox } = stack;
    const answer = await ask({ ...(await issuer.bearer(READS)), 'x-sds-service-token': 'sandbox-provider-two' });
    expect([answer.status, answer.data]).toEqual([200, { customer: { id: '5' } }]);
    expect(sandbox.log.all().map(({ token, headers }) => [token, headers.authorization])).toEqual([
      ['sandbox-provider-one', undefined],
    ]);
    expect(JSON.stringify([answer, lines])).not.toContain('sandbox-provider-one');
  });

  it.each(['ES256', 'PS256', 'EdDSA'])('may be signed by %s', async (alg) => {
    const key = await createSigningKey(alg, 'other');
    stack.issuer.served.push(key.publicJwk);
    const answer = await later(31_000, async () => askWith(await signWith(key, READS)));
    expect(answer.data).toEqual({ customer: { id: '5' } });
  });

  it.each<[string, () => JWTPayload]>([
    ['has expired', () => ({ exp: seconds(-40) })],
    ['is not valid yet', () => ({ nbf: seconds(40) })],
    ['is of another issuer', () => ({ iss: 'https://elsewhere.example' })],
    ['is for another audience', () => ({ aud: 'another-service' })],
    ['never expires', () => ({ exp: undefined as never })],
    ['expires at no number', () => ({ exp: 'never' as never })],
  ])('is refused where it %s', async (_, claims) => {
    await expectRefused(ask(await stack.issuer.bearer({ ...READS, ...claims() })));
  });

  it('is given the clock skew, and no more', async () => {
    for (const claims of [{ exp: seconds(-20) }, { nbf: seconds(20) }]) {
      expect((await ask(await stack.issuer.bearer({ ...READS, ...claims }))).errors).toBeUndefined();
    }
  });

  it('is refused without a signature, and signed with the public key as a secret', async () => {
    const { key } = stack.issuer;
    const payload = { iss: 'https://issuer.example', aud: 'dracoon-gateway', exp: seconds(300), ...READS };
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    await expectRefused(askWith(`${part({ alg: 'none', kid: key.kid })}.${part(payload)}.`));
    for (const secret of [key.publicPem, JSON.stringify(key.publicJwk), key.publicJwk.n ?? '']) {
      const forged = await new SignJWT(payload)
        .setProtectedHeader({ alg: 'HS256', kid: key.kid })
        .sign(new TextEncoder().encode(secret));
      await expectRefused(askWith(forged));
    }
  });

  it('is refused by an algorithm that is not on the list, by a foreign key, and with a changed payload', async () => {
    const unlisted = await createSigningKey('RS512', 'unlisted');
    stack.issuer.served.push(unlisted.publicJwk);
    await expectRefused(askWith(await signWith(unlisted, READS)));
    const foreign = await createSigningKey('RS256', 'first');
    await expectRefused(askWith(await signWith(foreign, READS)));
    const [head, , signature] = (await signWith(stack.issuer.key, READS)).split('.');
    const changed = Buffer.from(
      JSON.stringify({ iss: 'https://issuer.example', aud: 'dracoon-gateway', exp: seconds(300), scope: 'all' }),
    ).toString('base64url');
    await expectRefused(askWith(`${head}.${changed}.${signature}`));
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer two tokens', 'Bearer not.a.token', 'Bearer ä'])(
    'is demanded, and %s is none',
    async (authorization) => {
      const text = Buffer.from(authorization).toString('latin1');
      await expectRefused(ask({ authorization: text }));
    },
  );

  it('is demanded for everything but the schema', async () => {
    await expectRefused(ask({}));
    await expectRefused(ask({ 'x-sds-service-token': 'sandbox-provider-one' }));
    expect((await ask({}, '{ __schema { queryType { name } } _service { sdl } }')).errors).toBeUndefined();
  });

  it('is refused if it is sent twice', async () => {
    const { authorization } = await stack.issuer.bearer(READS);
    const headers = ['authorization', authorization, 'Authorization', authorization];
    const { status, text } = await postWithHeaders(stack.gateway.url, QUERY, headers);
    expect(status).toBe(400);
    expect(text).toContain('BAD_REQUEST');
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('that is refused leaves its reason in the log once, and nothing of itself', async () => {
    const { authorization } = await stack.issuer.bearer({ aud: 'another-service' });
    await ask({ authorization });
    await ask({ authorization });
    expect(lines.map(({ facts }) => facts)).toEqual([{ reason: 'ERR_JWT_CLAIM_VALIDATION_FAILED: aud' }]);
    expect(JSON.stringify(lines)).not.toContain(authorization.slice(-20));
  });
});

describe('keys', () => {
  it('are fetched once for many tokens', async () => {
    const headers = await stack.issuer.bearer(READS);
    await Promise.all(Array.from({ length: 20 }, () => ask(headers)));
    expect(stack.issuer.fetches).toBe(1);
  });

  it('that are unknown are looked for, and after that not before the cooldown has passed', async () => {
    const { issuer } = stack;
    await ask(await issuer.bearer(READS));
    stack.sandbox.log.clear();
    const unknown = await signWith(await createSigningKey('RS256', 'made-up'), READS);
    for (let round = 0; round < 5; round += 1) await expectRefused(askWith(unknown));
    expect(issuer.fetches).toBe(1);
    await later(31_000, async () => {
      for (let round = 0; round < 5; round += 1) await expectRefused(askWith(unknown));
    });
    expect(issuer.fetches).toBe(2);
  });

  it('are rotated without a restart: the new one is found, the old one is no longer believed', async () => {
    const { issuer } = stack;
    const old = await issuer.bearer(READS);
    expect((await ask(old)).errors).toBeUndefined();
    const next = await createSigningKey('ES256', 'second');
    issuer.served = [next.publicJwk];
    stack.sandbox.log.clear();
    await later(31_000, async () => {
      expect((await askWith(await signWith(next, READS))).data).toEqual({ customer: { id: '5' } });
      stack.sandbox.log.clear();
      await expectRefused(ask(old));
    });
    expect(issuer.fetches).toBe(2);
  });

  it('that cannot be fetched let no one in, with a clear word in the log, until they can be again', async () => {
    const { issuer } = stack;
    const headers = await issuer.bearer({ ...READS, exp: seconds(9_999) });
    expect((await ask(headers)).errors).toBeUndefined();
    await issuer.goDown();
    stack.sandbox.log.clear();
    await later(601_000, async () => {
      const answer = ask(headers);
      await expectRefused(answer, 503);
      expect((await answer).errors).toMatchObject([
        { message: 'Tokens cannot be checked at the moment. Try again soon.' },
      ]);
      await expectRefused(ask(headers), 503);
    });
    expect(lines).toEqual([
      { facts: { reason: 'ECONNREFUSED' }, message: expect.stringContaining('cannot fetch the keys') as string },
    ]);

    await issuer.comeUp();
    await later(602_100, async () => {
      expect((await ask(headers)).data).toEqual({ customer: { id: '5' } });
    });
  });

  it('that have grown old are not used while the endpoint is down', async () => {
    const { issuer } = stack;
    const headers = await issuer.bearer(READS);
    expect((await ask(headers)).errors).toBeUndefined();
    await issuer.goDown();
    expect((await ask(headers)).errors).toBeUndefined();
    stack.sandbox.log.clear();
    await later(601_000, () => expectRefused(ask(headers), 503));
  });

  it('that are known go on to be believed while unknown ones cannot be looked for, which the log tells once a second', async () => {
    const { issuer } = stack;
    const headers = await issuer.bearer(READS);
    await ask(headers);
    await issuer.goDown();
    const unknown = await signWith(await createSigningKey('RS256', 'made-up'), READS);
    stack.sandbox.log.clear();
    await later(31_000, async () => {
      for (let round = 0; round < 3; round += 1) await expectRefused(askWith(unknown), 503);
      expect((await ask(headers)).data).toEqual({ customer: { id: '5' } });
    });
    expect(lines).toHaveLength(1);
  });

  it('come from a key set: anything else at its address lets no one in', async () => {
    stack.issuer.served = [{ kty: 'nonsense' }];
    await later(601_000, async () => expectRefused(ask(await stack.issuer.bearer(READS))));
    stack.issuer.served = 'no list' as never;
    await later(1_202_000, async () => expectRefused(ask(await stack.issuer.bearer(READS)), 503));
  });
});
