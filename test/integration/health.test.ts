import { startSandbox } from '../../src/sandbox/sandbox.js';
import type { Logger } from '../../src/telemetry/logger.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { allowCircuits } from '../support/start-gateway.js';
import { connectRaw } from '../support/connect-raw.js';
import { until } from '../support/start-process.js';
import { eventually } from '../support/eventually.js';
import { findFreePort } from '../support/free-port.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { startTokenIssuer } from '../support/token-issuer.js';

allowCircuits();

const VERSION = 'requestSoftwareVersion';
const EVERY_SECOND = { UPSTREAM_CHECK_SECONDS: '1' };

let stack: Stack;
afterEach(() => stack.close());

interface Health {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

async function ask(path: string, method = 'GET'): Promise<Health> {
  const response = await fetch(stack.gateway.url + path, { method });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

/** Waits for an answer of readiness with this status of the whole. */
async function readyOnce(status: string): Promise<Health> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const health = await ask('/health/ready');
    if ((health.body as { status: string }).status === status) return health;
    if (Date.now() > deadline) throw new Error(`never ${status}: ${health.text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const logged = (): { lines: string[]; logger: Logger } => {
  const lines: string[] = [];
  const log = (facts: object, message: string): void => void lines.push(`${message} ${JSON.stringify(facts)}`);
  return { lines, logger: { info: log, warn: log, error: log } };
};

describe('the health of a gateway', () => {
  it('is asked by GET and HEAD, and kept by nobody', async () => {
    stack = await startStack({ env: EVERY_SECOND });
    const { body, headers } = await readyOnce('ready');
    expect(body).toEqual({
      status: 'ready',
      checks: {
        upstream: { status: 'ready', restApiVersion: '4.42.3' },
        calls: { status: 'ready' },
        circuit: { status: 'ready' },
        drain: { status: 'ready' },
      },
    });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(await ask('/health/live?x')).toMatchObject({ status: 200, body: { status: 'live' } });
    for (const path of ['/health/live', '/health/ready']) {
      expect(await ask(path, 'HEAD')).toMatchObject({ status: 200, text: '' });
      const refused = await ask(path, 'POST');
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
    expect((await ask('/health/else')).status).toBe(404);
  });

  it('asks the upstream in the background only, and without a credential', async () => {
    stack = await startStack({ env: { UPSTREAM_CHECK_SECONDS: '3600' } });
    await readyOnce('ready');
    await Promise.all(Array.from({ length: 50 }, () => ask('/health/ready')));
    const requests = stack.sandbox.log.all();
    expect(requests.map(({ operationId, token }) => [operationId, token])).toEqual([[VERSION, undefined]]);
  });

  it('does not depend on the upstream with UPSTREAM_CHECK_SECONDS=0', async () => {
    stack = await startStack();
    stack.sandbox.faults.add({ action: { kind: 'reset' } });
    expect((await ask('/health/ready')).body).toEqual({
      status: 'ready',
      checks: { circuit: { status: 'ready' }, drain: { status: 'ready' } },
    });
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('tells a lost answer from an upstream that is away, heals by itself, and logs each once', async () => {
    const { lines, logger } = logged();
    stack = await startStack({ env: EVERY_SECOND, logger });
    await readyOnce('ready');

    const rule = stack.sandbox.faults.add({ action: { kind: 'respond', status: 503, body: 'MARKED' } });
    const degraded = await readyOnce('degraded');
    expect([degraded.status, degraded.body]).toMatchObject([200, { checks: { upstream: { reason: '503' } } }]);
    const away = await readyOnce('unavailable');
    expect([away.status, away.body]).toMatchObject([503, { checks: { upstream: { status: 'unavailable' } } }]);
    expect((await ask('/health/live')).status).toBe(200);
    expect((await ask('/health/ready', 'HEAD')).status).toBe(503);
    expect(away.text).not.toMatch(/MARKED|127\.0\.0\.1|localhost/);

    rule.remove();
    await readyOnce('ready');
    expect(lines).toEqual(['upstream does not answer {"reason":"503"}', 'upstream answers again {}']);
  });

  it('is unavailable if the upstream is away from the start, and ready once it is there', async () => {
    const port = await findFreePort();
    stack = await startStack({ env: { ...EVERY_SECOND, UPSTREAM_URL: `http://127.0.0.1:${port}/api` } });
    const away = await ask('/health/ready');
    expect([away.status, away.body]).toMatchObject([503, { status: 'unavailable' }]);
    expect(away.text).not.toContain(String(port));
    const late = await startSandbox({ port, customers: 12 });
    try {
      await readyOnce('ready');
    } finally {
      await late.close();
    }
  });

  it('delays no one while the upstream keeps silent, and holds no connection of callers', async () => {
    stack = await startStack({ env: { ...EVERY_SECOND, UPSTREAM_MAX_CONNECTIONS: '1' } });
    stack.sandbox.faults.add({ match: { operationId: VERSION }, action: { kind: 'hang' } });
    await until(() => stack.sandbox.log.of(VERSION).length > 0);
    expect((await stack.execute('{ customer(id: 1) { id } }')).data).toEqual({ customer: { id: '1' } });
    expect((await ask('/health/live')).status).toBe(200);
  });

  it('says that it drains from the first moment, and that it lives', async () => {
    stack = await startStack();
    // Closed here already: only the sandbox is left.
    stack.close = () => stack.sandbox.close();
    const open = (): ReturnType<typeof connectRaw> => connectRaw(stack.gateway.url);
    const [ready, live] = await Promise.all([open(), open()]);
    const send = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;
    for (const connection of [ready, live]) {
      connection.send(send('/health/live'));
      await until(() => connection.received().includes('"live"'));
    }
    const closing = stack.gateway.close(60_000);
    ready.send(send('/health/ready'));
    live.send(send('/health/live'));
    await closing;
    await Promise.all([ready.closed, live.closed]);
    expect(ready.received()).toMatch(
      /HTTP\/1\.1 503 [^]*connection: close[^]*"drain":{"status":"unavailable","reason":"draining"}/i,
    );
    expect(live.received().match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
  });
});

describe('an upstream that is older than the schema', () => {
  it('is named with what it lacks, once, and serves the rest', async () => {
    const { lines, logger } = logged();
    const sandbox = await startSandbox({ customers: 12 });
    sandbox.faults.add({
      match: { operationId: VERSION },
      action: { kind: 'transform', transform: (json) => ({ ...(json as object), restApiVersion: '4.23.0' }) },
    });
    stack = await startStack({ env: { ...EVERY_SECOND, UPSTREAM_URL: sandbox.url }, logger });
    try {
      const { status, body } = await readyOnce('ready');
      const missing = ['Customer.cntInternalUser', 'Customer.cntGuestUser', 'UpstreamVersion.isDracoonCloud'];
      expect([status, body]).toMatchObject([200, { checks: { upstream: { restApiVersion: '4.23.0', missing } } }]);
      await until(() => sandbox.log.of(VERSION).length >= 3);
      expect(lines).toEqual([
        `upstream is older than the schema ${JSON.stringify({ restApiVersion: '4.23.0', missing })}`,
      ]);
    } finally {
      await sandbox.close();
    }
  });

  it('never has its own text shown if that is no version', async () => {
    const { lines, logger } = logged();
    const sandbox = await startSandbox({ customers: 12 });
    sandbox.faults.add({
      match: { operationId: VERSION },
      action: { kind: 'transform', transform: (json) => ({ ...(json as object), restApiVersion: 'MARKED 4.1.0' }) },
    });
    stack = await startStack({ env: { ...EVERY_SECOND, UPSTREAM_URL: sandbox.url }, logger });
    try {
      const { body } = await readyOnce('ready');
      expect(body).toMatchObject({ checks: { upstream: { status: 'ready', restApiVersion: 'unknown' } } });
      expect(lines).toEqual([]);
    } finally {
      await sandbox.close();
    }
  });
});

describe('what real calls get', () => {
  const NO_TENANT = { code: 400, message: 'Bad Request', debugInfo: 'MARKED', errorCode: -1 };
  const noTenant = () =>
    stack.sandbox.faults.add({
      match: { path: /customers/ },
      action: { kind: 'respond', status: 404, body: JSON.stringify(NO_TENANT) },
    });

  it('makes the gateway unavailable if every call for customers is answered by no tenant, until one is answered', async () => {
    const { lines, logger } = logged();
    stack = await startStack({ env: EVERY_SECOND, logger });
    await readyOnce('ready');
    const fault = noTenant();
    await stack.execute('{ customers { totalCount } }');
    expect((await ask('/health/ready')).status).toBe(200);
    await stack.execute('{ customer(id: 3) { id } }');
    const away = await readyOnce('unavailable');
    expect([away.status, away.body]).toMatchObject([
      503,
      {
        checks: {
          upstream: { status: 'ready' },
          calls: { status: 'unavailable', reason: '404 -1', hint: 'no tenant has the host name of UPSTREAM_URL' },
        },
      },
    ]);
    expect(away.text).not.toMatch(/MARKED|127\.0\.0\.1|sandbox-provider/);
    fault.remove();
    await stack.execute('{ customers { totalCount } }');
    await readyOnce('ready');
    expect(lines.filter((line) => / calls? |^calls/.test(line))).toEqual([
      `all calls to the upstream fail {"reason":"404 -1","hint":"no tenant has the host name of UPSTREAM_URL"}`,
      'calls to the upstream are answered again {}',
    ]);
  });

  it('stays ready when a customer is missing, an input is refused or a made-up token is', async () => {
    stack = await startStack({ env: EVERY_SECOND });
    await readyOnce('ready');
    for (const _ of [1, 2, 3]) {
      await stack.execute('{ customer(id: 99999) { id } }');
      await stack.execute('{ customers(filter: { userMax: { gte: -1 } }) { totalCount } }');
      await stack.execute('{ customers { totalCount } }', {}, { 'x-sds-service-token': 'made-up' });
    }
    expect((await ask('/health/ready')).body).toMatchObject({ checks: { calls: { status: 'ready' } } });
  });

  it('is believed for a minute: out of service, no call comes that could show that all is well', async () => {
    const clocks = freezeClocks();
    stack = await startStack({ env: EVERY_SECOND });
    await readyOnce('ready');
    const fault = noTenant();
    for (const _ of [1, 2]) await stack.execute('{ customers { totalCount } }');
    fault.remove();
    clocks.advance(59_000);
    expect((await ask('/health/ready')).body).toMatchObject({ checks: { calls: { status: 'unavailable' } } });
    clocks.advance(1_000);
    expect((await ask('/health/ready')).body).toMatchObject({ checks: { calls: { status: 'ready' } } });
  });

  it('degrades the gateway if every call for customers fails and the version is still told', async () => {
    stack = await startStack({ env: EVERY_SECOND });
    await readyOnce('ready');
    stack.sandbox.faults.add({ match: { path: /customers/ }, action: { kind: 'respond', status: 500 } });
    for (const _ of [1, 2]) await stack.execute('{ customer(id: 1) { id } }');
    const { status, body } = await readyOnce('degraded');
    expect([status, body]).toMatchObject([200, { checks: { calls: { status: 'degraded', reason: '500' } } }]);
  });

  it('is found out with a credential of its own, without any traffic, and heals by itself', async () => {
    stack = await startStack({ env: { ...EVERY_SECOND, AUTH_MODE: 'none', UPSTREAM_TOKEN: SANDBOX_TOKENS.first } });
    await until(() => stack.sandbox.log.of('requestCustomers').length > 0);
    const [asked] = stack.sandbox.log.of('requestCustomers');
    expect([asked?.token, asked?.query]).toEqual([
      SANDBOX_TOKENS.first,
      { offset: '0', limit: '1', include_attributes: 'false' },
    ]);
    const fault = noTenant();
    const away = await readyOnce('unavailable');
    expect(away.body).toMatchObject({ checks: { upstream: { status: 'ready' }, calls: { reason: '404 -1' } } });
    fault.remove();
    await readyOnce('ready');
  });

  it('names a credential of its own that the upstream refuses', async () => {
    stack = await startStack({ env: { ...EVERY_SECOND, AUTH_MODE: 'none', UPSTREAM_TOKEN: 'expired-long-ago' } });
    await readyOnce('ready');
    const away = await readyOnce('unavailable');
    expect(away.body).toMatchObject({
      checks: {
        upstream: { status: 'ready' },
        credential: { reason: '401', hint: expect.stringContaining('own service token') },
      },
    });
    expect(away.text).not.toContain('expired');
  });

  it('degrades the gateway if only the gateway itself uses the credential that is refused, and heals', async () => {
    const lines: string[] = [];
    const note = (_facts: object, message: string): void => void lines.push(message);
    stack = await startStack({
      env: {
        ...EVERY_SECOND,
        AUTH_MODE: 'token',
        UPSTREAM_TOKEN: SANDBOX_TOKENS.second,
        WEBHOOK_SECRETS: 'a-secret-that-is-long-enough-for-it',
      },
      logger: { info: note, warn: note, error: note },
    });
    await readyOnce('ready');
    const fault = stack.sandbox.faults.add({
      match: { token: SANDBOX_TOKENS.second },
      action: { kind: 'respond', status: 401, body: {} },
    });
    await eventually('the gateway is degraded', async () => {
      // Of callers, all goes well.
      expect((await stack.execute('{ customer(id: 1) { id } }')).errors).toBeUndefined();
      return (await ask('/health/ready')).text.includes('"degraded"');
    });
    const { status, body } = await ask('/health/ready');
    expect([status, body]).toMatchObject([200, { checks: { credential: { status: 'degraded', reason: '401' } } }]);
    fault.remove();
    await readyOnce('ready');
    expect(lines.filter((line) => line.includes('credential'))).toEqual([
      'the upstream refuses the own credential of the gateway',
      'the upstream accepts the own credential of the gateway again',
    ]);
  });

  it('degrades the gateway while the keys of the token issuer cannot be fetched', async () => {
    const issuer = await startTokenIssuer();
    try {
      issuer.status = 500;
      stack = await startStack({ env: { ...EVERY_SECOND, ...issuer.env } });
      const { status, body } = await readyOnce('degraded');
      expect([status, body]).toMatchObject([
        200,
        { checks: { keys: { status: 'degraded', reason: 'ERR_JWKS_STATUS_500' } } },
      ]);
      issuer.status = 200;
      const bearer = await issuer.bearer({ scope: 'customers:read' });
      await eventually(
        'tokens are accepted',
        async () => (await stack.execute('{ customer(id: 1) { id } }', {}, bearer)).status === 200,
      );
      await readyOnce('ready');
    } finally {
      await issuer.goDown();
    }
  });
});

describe('an open circuit', () => {
  it('degrades the gateway, which stays in service', async () => {
    const stack = await startStack();
    try {
      stack.sandbox.faults.add({ action: { kind: 'respond', status: 500 } });
      for (let read = 0; read < 10; read += 1) await stack.execute('{ customer(id: 1) { id } }');
      const response = await fetch(`${stack.gateway.url}/health/ready`);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        status: 'degraded',
        checks: { circuit: { status: 'degraded', reason: 'open' } },
      });
    } finally {
      await stack.close();
    }
  });
});
