import type { JsonObject } from '../../../src/sandbox/http/json.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../../src/sandbox/tokens.js';
import { createSandboxCall, member, totalOf, type SandboxCall } from '../../support/sandbox-client.js';

const CUSTOMERS = '/v4/provisioning/customers';
const headers = { 'x-sds-service-token': SANDBOX_TOKENS.first };

let sandbox: Sandbox;
let call: SandboxCall;

beforeEach(async () => {
  sandbox = await startSandbox({ customers: 20 });
  call = createSandboxCall(sandbox);
});

afterEach(() => sandbox.close());

const statusOf = async (path: string, method = 'GET', token?: string): Promise<number> =>
  (await call(method, path, token === undefined ? {} : { token })).status;

describe('which requests are struck', () => {
  const unavailable = { kind: 'respond', status: 503 } as const;

  it('all of them, without a match', async () => {
    sandbox.faults.add({ action: unavailable });
    expect([await statusOf(CUSTOMERS), await statusOf('/nowhere')]).toEqual([503, 503]);
  });

  it.each([
    [{ operationId: 'requestCustomer' }, [503, 200, 200]],
    [{ path: /\/customers$/g }, [200, 503, 200]],
    [{ token: SANDBOX_TOKENS.second }, [200, 200, 503]],
    [{ method: 'POST' }, [200, 200, 200]],
    [{ operationId: 'requestCustomer', path: /7$/ }, [200, 200, 200]],
  ])('%j', async (match, statuses) => {
    sandbox.faults.add({ match, action: unavailable });
    // Twice, since a rule must not remember the request before.
    for (let round = 0; round < 2; round += 1) {
      expect([
        await statusOf(`${CUSTOMERS}/1`),
        await statusOf(CUSTOMERS),
        await statusOf('/v4/provisioning/webhooks', 'GET', SANDBOX_TOKENS.second),
      ]).toEqual(statuses);
    }
  });

  it('so many times, and then no more', async () => {
    sandbox.faults.add({ times: 2, action: unavailable });
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push(await statusOf(CUSTOMERS));
    expect(statuses).toEqual([503, 503, 200, 200]);
  });

  it('with a probability, in a sequence that starts anew after clear', async () => {
    const round = async (): Promise<number[]> => {
      sandbox.faults.clear();
      sandbox.faults.add({ probability: 0.5, action: unavailable });
      const statuses = [];
      for (let index = 0; index < 60; index += 1) statuses.push(await statusOf(`${CUSTOMERS}/1`));
      return statuses;
    };
    const statuses = await round();
    const struck = statuses.filter((status) => status === 503).length;
    expect(struck).toBeGreaterThan(15);
    expect(struck).toBeLessThan(45);
    expect(await round()).toEqual(statuses);
  });

  it('until the rule is removed, or all are cleared', async () => {
    const rule = sandbox.faults.add({ action: unavailable });
    expect(await statusOf(CUSTOMERS)).toBe(503);
    rule.remove();
    expect(await statusOf(CUSTOMERS)).toBe(200);
    sandbox.faults.add({ action: unavailable });
    sandbox.faults.clear();
    expect(await statusOf(CUSTOMERS)).toBe(200);
  });

  it('by the first action, while latencies add up', async () => {
    sandbox.faults.add({ latencyMs: 60 });
    sandbox.faults.add({ latencyMs: 60, times: 1, action: { kind: 'respond', status: 500 } });
    sandbox.faults.add({ action: unavailable });
    const startedAt = performance.now();
    expect(await statusOf(CUSTOMERS)).toBe(500);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(118);
    expect(await statusOf(CUSTOMERS)).toBe(503);
  });
});

describe('what they are struck with', () => {
  it('latency alone: slow, but right', async () => {
    sandbox.faults.add({ latencyMs: 80 });
    const startedAt = performance.now();
    expect(totalOf(await call('GET', CUSTOMERS))).toBe(20);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(79);
  });

  it.each([
    ['nothing', undefined, ''],
    ['text', '<html>Bad gateway</html>', '<html>Bad gateway</html>'],
    ['bytes', Buffer.from('{"a":'), '{"a":'],
    ['an object', { id: 9_007_199_254_740_993n, text: 'ü' }, '{"id":9007199254740993,"text":"ü"}'],
  ])('respond with %s: performs nothing', async (_what, body, text) => {
    sandbox.faults.add({
      times: 1,
      action: {
        kind: 'respond',
        status: 502,
        headers: { 'retry-after': '7' },
        ...(body === undefined ? {} : { body }),
      },
    });
    const answer = await fetch(`${sandbox.url}${CUSTOMERS}/1`, { method: 'DELETE', headers });
    expect([answer.status, await answer.text(), answer.headers.get('retry-after')]).toEqual([502, text, '7']);
    expect(await statusOf(`${CUSTOMERS}/1`)).toBe(200);
  });

  it('transform: edits the real answer, digits intact', async () => {
    const transform = (json: unknown): unknown => {
      const customer = json as JsonObject;
      return { ...customer, quotaUsed: 2n ** 62n, idType: typeof customer['id'] };
    };
    sandbox.faults.add({ match: { operationId: 'requestCustomer' }, action: { kind: 'transform', transform } });
    const answer = await call('GET', `${CUSTOMERS}/9007199254740993`);
    expect(answer.text).toContain('"id":9007199254740993,');
    expect(answer.text).toContain('"quotaUsed":4611686018427387904');
    expect(member(answer.json, 'idType')).toBe('bigint');
  });

  it('a transform that throws answers 500 with its error', async () => {
    sandbox.faults.add({
      action: {
        kind: 'transform',
        transform: () => {
          throw new Error('no such item');
        },
      },
    });
    const answer = await fetch(`${sandbox.url}${CUSTOMERS}`, { headers });
    expect([answer.status, await answer.text()]).toEqual([500, 'Error: no such item']);
  });

  it('reset: no answer, and nothing performed', async () => {
    sandbox.faults.add({ times: 1, action: { kind: 'reset' } });
    const failure = fetch(`${sandbox.url}${CUSTOMERS}/1`, { method: 'DELETE', headers });
    await expect(failure).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(sandbox.log.all()[0]).toMatchObject({ status: null });
    expect(await statusOf(`${CUSTOMERS}/1`)).toBe(200);
  });

  it('reset-mid-body: performed, the head sent, the body cut', async () => {
    sandbox.faults.add({ times: 1, action: { kind: 'reset-mid-body' } });
    const body = JSON.stringify({ customerContractType: 'pay', companyName: 'Changed' });
    const answer = await fetch(`${sandbox.url}${CUSTOMERS}/1`, { method: 'PUT', headers, body });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    expect(member((await call('GET', `${CUSTOMERS}/1`)).json, 'companyName')).toBe('Changed');
  });

  it('hang: no answer until the client gives up, and nothing performed', async () => {
    sandbox.faults.add({ times: 1, action: { kind: 'hang' } });
    const signal = AbortSignal.timeout(150);
    const failure = fetch(`${sandbox.url}${CUSTOMERS}/1`, { method: 'DELETE', headers, signal });
    await expect(failure).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await statusOf(`${CUSTOMERS}/1`)).toBe(200);
  });

  it('drip: the real answer, at its own pace', async () => {
    const whole = (await call('GET', `${CUSTOMERS}/1`)).text;
    sandbox.faults.add({ action: { kind: 'drip', bytesPerSecond: 2_000 } });
    const startedAt = performance.now();
    const answer = await fetch(`${sandbox.url}${CUSTOMERS}/1`, { headers });
    const headAfterMs = performance.now() - startedAt;
    expect(await answer.text()).toBe(whole);
    const expectedMs = (Buffer.byteLength(whole) / 2_000) * 1_000;
    const wholeAfterMs = performance.now() - startedAt;
    expect(wholeAfterMs).toBeGreaterThan(expectedMs * 0.8);
    expect(headAfterMs).toBeLessThan(wholeAfterMs / 2);
  });

  it('flood: as many bytes of JSON as planned, and nothing performed', async () => {
    sandbox.faults.add({ times: 1, action: { kind: 'flood', totalBytes: 200_000 } });
    const answer = await fetch(`${sandbox.url}${CUSTOMERS}/1`, { method: 'DELETE', headers });
    const text = await answer.text();
    expect([answer.status, text.length, JSON.parse(text)]).toEqual([200, 200_000, {}]);
    expect(await statusOf(`${CUSTOMERS}/1`)).toBe(200);
  });

  it('flood: ends when the client has gone', async () => {
    sandbox.faults.add({ times: 1, action: { kind: 'flood', totalBytes: 1e12 } });
    const answer = await fetch(`${sandbox.url}${CUSTOMERS}`, { headers });
    await answer.body?.cancel();
    while (sandbox.log.all()[0]?.finishedAt === null) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await statusOf(CUSTOMERS)).toBe(200);
  });

  it('raw: the planned bytes instead of an answer, and nothing performed', async () => {
    sandbox.faults.add({
      times: 1,
      action: { kind: 'raw', bytes: 'HTTP/1.1 299 Odd\r\nx-twice: a\r\nx-twice: b\r\ncontent-length: 2\r\n\r\nok' },
    });
    const answer = await fetch(`${sandbox.url}${CUSTOMERS}/1`, { method: 'DELETE', headers });
    expect([answer.status, answer.headers.get('x-twice'), await answer.text()]).toEqual([299, 'a, b', 'ok']);
    expect(await statusOf(`${CUSTOMERS}/1`)).toBe(200);
  });
});
