import type { HttpClient, UpstreamRequest } from '../../../src/upstream/http/http-client.js';
import { Lifetime, TimedLifetime } from '../../../src/upstream/resilience/lifetime.js';
import { createResilientClient, type ResilientClient } from '../../../src/upstream/resilience/resilient-client.js';

const nothing = (): void => undefined;
const now = (): number => performance.now();
const request: UpstreamRequest<string> = { operationId: 'x', method: 'GET', target: '/', toValue: () => 'sent' };

/** A client with room for one request, and what ends the one under way. */
function clientOfOne(): { client: ResilientClient; answer: () => void } {
  let answer = nothing;
  const http: HttpClient = {
    send: ({ toValue }, { settled }) =>
      new Promise((resolve) => {
        answer = () => {
          settled(undefined);
          resolve(toValue(undefined));
        };
      }),
    close: () => Promise.resolve(),
  };
  const client = createResilientClient({
    http,
    attemptTimeoutMs: 60_000,
    listTimeoutMs: 60_000,
    maxConcurrency: 1,
    maxQueue: 5,
    onCircuit: nothing,
    onSettled: [],
    onRetry: nothing,
    clock: performance,
    random: () => 0,
  });
  return { client, answer: () => answer() };
}

const inAMinute = (): number => now() + 60_000;

function read(client: ResilientClient, lifetime: Lifetime): Promise<string> {
  const credential = client.createCredential();
  credential.hasSucceeded = true;
  return client.send(request, { lifetime, priority: 'read', caller: credential.callerOf(undefined) });
}

describe('a read that waits for its turn', () => {
  it('is sent when the one before it has ended', async () => {
    const { client, answer } = clientOfOne();
    const first = read(client, new Lifetime(inAMinute()));
    const second = read(client, new Lifetime(inAMinute()));
    expect(client.limiter).toMatchObject({ underWay: 1, waiting: 1 });
    answer();
    await first;
    answer();
    expect(await second).toBe('sent');
    expect(client.limiter).toMatchObject({ underWay: 0, waiting: 0 });
  });

  it('leaves the queue at its deadline, and if no one wants it any more', async () => {
    const { client } = clientOfOne();
    void read(client, new Lifetime(inAMinute()));
    const unwanted = new Lifetime(inAMinute());
    const left = read(client, unwanted);
    const late = read(client, new TimedLifetime(now() + 20));
    unwanted.end('aborted');
    await expect(left).rejects.toMatchObject({ kind: 'aborted' });
    await expect(late).rejects.toMatchObject({ kind: 'timeout' });
    expect(client.limiter).toMatchObject({ underWay: 1, waiting: 0 });
  });

  it('gives its place back where its turn comes and its lifetime ends in the same moment', async () => {
    const { client, answer } = clientOfOne();
    const first = read(client, new Lifetime(inAMinute()));
    const lifetime = new Lifetime(inAMinute());
    const second = read(client, lifetime);
    answer();
    lifetime.end('aborted');
    await expect(second).rejects.toMatchObject({ kind: 'aborted' });
    await first;
    expect(client.limiter).toMatchObject({ underWay: 0, waiting: 0 });
  });
});
