import { UpstreamFailure } from '../../../src/errors/upstream-failure.js';
import type { HttpClient, UpstreamRequest } from '../../../src/upstream/http/http-client.js';
import { TimedLifetime, type EndListener } from '../../../src/upstream/resilience/lifetime.js';
import { createResilientClient, type ResilientClient } from '../../../src/upstream/resilience/resilient-client.js';
import type { UpstreamCaller } from '../../../src/upstream/resilience/credential-trials.js';

const now = (): number => performance.now();
const failure = (status: number): UpstreamFailure => new UpstreamFailure({ operationId: 'x', kind: 'status', status });

interface Upstream {
  client: ResilientClient;
  /** With a credential that the upstream has accepted. */
  caller: UpstreamCaller;
  /** Ends the request that has been under way for longest, as its answer would. */
  end: (failed?: UpstreamFailure) => void;
  /** The most requests that were under way at once. */
  most: () => number;
  sent: () => number;
}

/** A client with one place and a queue, whose requests end with their lifetime or if the test ends them. */
function createUpstream(): Upstream {
  const underWay: ((failed: UpstreamFailure | undefined) => void)[] = [];
  let most = 0;
  let sent = 0;
  const http: HttpClient = {
    send: ({ toValue }, { lifetime, settled }) =>
      new Promise((resolve, reject) => {
        const listener: EndListener = {
          onEnd: (kind) => end(new UpstreamFailure({ operationId: 'x', kind })),
        };
        function end(failed: UpstreamFailure | undefined): void {
          underWay.splice(underWay.indexOf(end), 1);
          lifetime.unlisten(listener);
          settled(failed);
          if (failed) reject(failed);
          else resolve(toValue(undefined));
        }
        underWay.push(end);
        lifetime.listen(listener);
        sent += 1;
        most = Math.max(most, underWay.length);
      }),
    close: () => Promise.resolve(),
  };
  const nothing = (): void => undefined;
  const client = createResilientClient({
    http,
    attemptTimeoutMs: 60_000,
    listTimeoutMs: 60_000,
    maxConcurrency: 1,
    maxQueue: 10,
    onCircuit: nothing,
    onSettled: [],
    onRetry: nothing,
    clock: performance,
    random: () => 0,
  });
  const credential = client.createCredential();
  credential.hasSucceeded = true;
  return {
    client,
    caller: credential.callerOf(undefined),
    end: (failed) => underWay[0]?.(failed),
    most: () => most,
    sent: () => sent,
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const isListenedTo = (lifetime: TimedLifetime): boolean => lifetime.unlisten({ onEnd: () => undefined });

const REQUESTS: readonly [method: string, priority: 'read' | 'write'][] = [
  ['GET', 'read'],
  ['PUT', 'write'],
];

const ENDINGS: readonly [
  name: string,
  end: (upstream: Upstream, lifetime: TimedLifetime) => void,
  kind: string | undefined,
][] = [
  ['is answered', ({ end }) => end(), undefined],
  ['fails', ({ end }) => end(failure(500)), 'status'],
  [
    'is answered and cancelled in the same moment',
    ({ end }, lifetime) => {
      end();
      lifetime.end('aborted');
    },
    undefined,
  ],
];

const CUT_OFF: typeof ENDINGS = [
  ['is cancelled while it is under way', (_, lifetime) => lifetime.end('aborted'), 'aborted'],
  ['reaches its deadline while it is under way', (_, lifetime) => lifetime.end('timeout'), 'timeout'],
];

describe.each(REQUESTS)('the place of a %s that has waited for its turn', (method, priority) => {
  it.each(method === 'GET' ? [...ENDINGS, ...CUT_OFF] : ENDINGS)(
    'is given back once if it %s',
    async (_, end, kind) => {
      const upstream = createUpstream();
      const { client, caller } = upstream;
      const send = (lifetime: TimedLifetime): Promise<string> => {
        const request = { operationId: 'x', method, target: '/', toValue: () => 'ok' } as UpstreamRequest<string>;
        return client.send(request, { lifetime, priority, caller });
      };
      const lifetimes = [0, 1, 2, 3].map(() => new TimedLifetime(now() + 60_000));
      const [first, second, ...others] = lifetimes.map(send);
      const settled = second?.then(
        () => undefined,
        (error: unknown) => (error as UpstreamFailure).kind,
      );
      expect(client.limiter).toMatchObject({ underWay: 1, waiting: 3 });
      upstream.end();
      await first;
      await turn();
      expect(client.limiter).toMatchObject({ underWay: 1, waiting: 2 });

      end(upstream, lifetimes[1] as TimedLifetime);
      expect(await settled).toBe(kind);
      // The operation may well end after its request has.
      lifetimes[1]?.end('aborted');
      await turn();
      expect(client.limiter).toMatchObject({ underWay: 1, waiting: 1 });

      for (const other of others) {
        await turn();
        upstream.end();
        expect(await other).toBe('ok');
      }
      expect(client.limiter).toMatchObject({ underWay: 0, waiting: 0 });
      expect([upstream.most(), upstream.sent()]).toEqual([1, 4]);
      expect(lifetimes.map(isListenedTo)).toEqual([false, false, false, false]);
    },
  );

  it('is left once if it is cancelled in the queue, and then again', async () => {
    const upstream = createUpstream();
    const { client, caller } = upstream;
    const send = (lifetime: TimedLifetime): Promise<string> => {
      const request = { operationId: 'x', method, target: '/', toValue: () => 'ok' } as UpstreamRequest<string>;
      return client.send(request, { lifetime, priority, caller });
    };
    const lifetimes = [0, 1, 2].map(() => new TimedLifetime(now() + 60_000));
    const [first, second, third] = lifetimes.map(send);
    lifetimes[1]?.end('aborted');
    lifetimes[1]?.end('timeout');
    const kind = method === 'GET' ? 'aborted' : 'not-started';
    await expect(second).rejects.toMatchObject({ kind, outcomeUnknown: false });
    expect(client.limiter).toMatchObject({ underWay: 1, waiting: 1 });
    upstream.end();
    await first;
    await turn();
    upstream.end();
    await third;
    expect(client.limiter).toMatchObject({ underWay: 0, waiting: 0 });
    expect(upstream.sent()).toBe(2);
    expect(lifetimes.map(isListenedTo)).toEqual([false, false, false]);
  });
});

describe('a write', () => {
  const start = (): {
    upstream: ReturnType<typeof createUpstream>;
    write: (lifetime?: TimedLifetime) => Promise<string>;
  } => {
    const upstream = createUpstream();
    const request: UpstreamRequest<string> = { operationId: 'x', method: 'PUT', target: '/', toValue: () => 'ok' };
    return {
      upstream,
      write: (lifetime = new TimedLifetime(now() + 60_000)) =>
        upstream.client.send(request, { lifetime, priority: 'write', caller: upstream.caller }),
    };
  };

  it.each(['aborted', 'timeout'] as const)(
    'that is under way is not cut off if its lifetime ends: %s',
    async (ending) => {
      const { upstream, write } = start();
      const lifetime = new TimedLifetime(now() + 60_000);
      const written = write(lifetime);
      lifetime.end(ending);
      await turn();
      upstream.end();
      expect(await written).toBe('ok');
      expect(isListenedTo(lifetime)).toBe(false);
    },
  );

  it('that waits is not started once writes have ended, and one under way goes on', async () => {
    const { upstream, write } = start();
    const [underWay, waiting] = [write(), write()];
    upstream.client.endWrites(0);
    await expect(waiting).rejects.toMatchObject({ kind: 'not-started', outcomeUnknown: false });
    await expect(write()).rejects.toMatchObject({ kind: 'not-started' });
    upstream.end();
    expect(await underWay).toBe('ok');
    expect(upstream.sent()).toBe(1);
  });
});
