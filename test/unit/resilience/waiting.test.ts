import type { HttpClient, UpstreamRequest } from '../../../src/upstream/http-client.js';
import { Lifetime, TimedLifetime } from '../../../src/upstream/resilience/lifetime.js';
import { Pace } from '../../../src/upstream/resilience/pace.js';
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
    maxConcurrency: 1,
    maxQueue: 5,
    onCircuit: nothing,
    onSettled: nothing,
    onRetry: nothing,
    now,
    random: () => 0,
  });
  return { client, answer: () => answer() };
}

const inAMinute = (): number => now() + 60_000;
const read = (client: ResilientClient, lifetime: Lifetime): Promise<string> =>
  client.send(request, { lifetime, priority: 'read', pace: new Pace(now) });

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

  it('leaves the queue at its deadline, and where nobody wants it any more', async () => {
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
