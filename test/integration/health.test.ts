import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import type { Logger } from '../../src/telemetry/logger.js';
import { connectRaw } from '../support/connect-raw.js';
import { until } from '../support/start-process.js';
import { startStack, type Stack } from '../support/start-stack.js';

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
    expect(lines).toEqual(['the upstream does not answer {"reason":"503"}', 'the upstream answers again {}']);
  });

  it('is unavailable where the upstream is away from the start, and ready once it is there', async () => {
    const reserved = createServer();
    await once(reserved.listen(0, '127.0.0.1'), 'listening');
    const { port } = reserved.address() as AddressInfo;
    await new Promise((resolve) => reserved.close(resolve));

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

  it('delays nobody while the upstream keeps silent, and holds no connection of callers', async () => {
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
      const missing = ['UpstreamVersion.isDracoonCloud', 'Customer.cntInternalUser', 'Customer.cntGuestUser'];
      expect([status, body]).toMatchObject([200, { checks: { upstream: { restApiVersion: '4.23.0', missing } } }]);
      await until(() => sandbox.log.of(VERSION).length >= 3);
      expect(lines).toEqual([
        `the upstream is older than the schema ${JSON.stringify({ restApiVersion: '4.23.0', missing })}`,
      ]);
    } finally {
      await sandbox.close();
    }
  });

  it('never has its own text shown where that is no version', async () => {
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
