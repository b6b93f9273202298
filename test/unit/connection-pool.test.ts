import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ConnectionPool, type Lease } from '../../src/upstream/http/connection-pool.js';
import { eventually } from '../support/eventually.js';

const MAX = 4;

interface Sent {
  /** The body, or the failure. */
  ended: Promise<string>;
  abort(): void;
}

/** One exchange by the rules of a lease. */
function send(lease: Lease, path = '/'): Sent {
  let abort = (): void => undefined;
  const ended = new Promise<string>((resolve, reject) => {
    let body = '';
    lease.dispatch(
      { method: 'GET', path },
      {
        onRequestStart(controller) {
          abort = () => controller.abort(new Error('aborted'));
        },
        onResponseStart: () => undefined,
        onResponseData: (_, chunk) => void (body += chunk.toString()),
        onResponseEnd() {
          lease.giveBack('sound');
          resolve(body);
        },
        onResponseError(_, error) {
          lease.giveBack('broken');
          reject(error);
        },
      },
    );
  });
  ended.catch(() => undefined);
  return { ended, abort: () => abort() };
}

/** Answers each request with the number of its connection; `/hang` when told to. */
class Upstream {
  readonly server: Server;
  readonly hanging: ServerResponse[] = [];
  connections = 0;

  constructor() {
    const numbers = new WeakMap<object, number>();
    this.server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      const number = numbers.get(request.socket) ?? (this.connections += 1);
      numbers.set(request.socket, number);
      if (request.url === '/hang') this.hanging.push(response);
      else response.end(String(number));
    });
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  open(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  }
}

describe('a pool of connections', () => {
  let upstream: Upstream;
  let pool: ConnectionPool;
  let isClosed: boolean;

  beforeEach(async () => {
    isClosed = false;
    upstream = new Upstream();
    const origin = await upstream.start();
    pool = new ConnectionPool({ origin, maxConnections: MAX, connectTimeoutMs: 60_000 });
  });

  afterEach(async () => {
    upstream.server.close();
    upstream.server.closeAllConnections();
    if (!isClosed) await pool.close();
  });

  async function hang(count: number): Promise<Sent[]> {
    const before = upstream.hanging.length;
    const sent = Array.from({ length: count }, () => send(pool.take(), '/hang'));
    await eventually('all have arrived', () => upstream.hanging.length === before + count);
    return sent;
  }

  function release(): void {
    for (const response of upstream.hanging.splice(0)) response.end('released');
  }

  it('sends one request after the other over the same connection', async () => {
    for (let request = 0; request < 5; request += 1) expect(await send(pool.take()).ended).toBe('1');
  });

  it('gives each request that is under way a connection of its own, and the one used last to the next', async () => {
    const [first, second] = await hang(2);
    expect(upstream.hanging).toHaveLength(2);
    upstream.hanging.shift()?.end('released');
    expect(await first?.ended).toBe('released');
    const third = send(pool.take());
    expect(await third.ended).toMatch(/^[12]$/);
    release();
    await second?.ended;
    // The second one was given back last.
    const last = await send(pool.take()).ended;
    expect(last).not.toBe(await third.ended);
    expect(await send(pool.take()).ended).toBe(last);
    expect(await upstream.open()).toBe(2);
  });

  it('opens more than it keeps where more is asked for at once, and closes them afterwards', async () => {
    const sent = await hang(MAX + 3);
    release();
    await Promise.all(sent.map(({ ended }) => ended));
    await eventually('the others are closed', async () => (await upstream.open()) <= MAX);
    expect(await upstream.open()).toBe(MAX);
    await hang(MAX);
    expect(await upstream.open()).toBe(MAX);
    release();
  });

  it('keeps no connection that broke, and uses those that did not', async () => {
    const [broken, sound] = await hang(2);
    broken?.abort();
    await expect(broken?.ended).rejects.toThrow('aborted');
    release();
    await sound?.ended;
    const before = upstream.connections;
    await send(pool.take()).ended;
    expect(upstream.connections).toBe(before);
    const both = await hang(2);
    expect(await upstream.open()).toBe(2);
    release();
    await Promise.all(both.map(({ ended }) => ended));
  });

  it('connects again if the upstream was away', async () => {
    const away = new ConnectionPool({ origin: 'http://127.0.0.1:9', maxConnections: MAX, connectTimeoutMs: 60_000 });
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(send(away.take()).ended).rejects.toThrow('ECONNREFUSED');
    await away.close();

    expect(await send(pool.take()).ended).toBe('1');
    upstream.server.closeAllConnections();
    // A request that meets the connection while it closes fails.
    const second = (): Promise<boolean> =>
      send(pool.take()).ended.then(
        (body) => body === '2',
        () => false,
      );
    await eventually('another connection', second);
  });

  it('lets what is under way end before it is closed, and takes no more', async () => {
    const [sent] = await hang(1);
    const closed = pool.close().then(() => (isClosed = true));
    await delay(20);
    expect(isClosed).toBe(false);
    release();
    expect(await sent?.ended).toBe('released');
    await closed;
    await expect(send(pool.take()).ended).rejects.toThrow('destroyed');
  });

  it('opens nothing new while it waits for what is under way', async () => {
    const sent = await hang(MAX);
    const closed = pool.close().then(() => (isClosed = true));
    await expect(send(pool.take()).ended).rejects.toThrow('closed');
    expect(upstream.connections).toBe(MAX);
    release();
    await Promise.all([closed, ...sent.map(({ ended }) => ended)]);
  });
});
