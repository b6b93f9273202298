import { UpstreamFailure } from '../../../src/errors/upstream-failure.js';
import type { HttpClient, UpstreamRequest } from '../../../src/upstream/http/http-client.js';
import { Lifetime } from '../../../src/upstream/resilience/lifetime.js';
import { createResilientClient, type ResilientClient } from '../../../src/upstream/resilience/resilient-client.js';
import type { UpstreamCaller } from '../../../src/upstream/resilience/credential-trials.js';

const nothing = (): void => undefined;
/** What a test can do with a request that was sent. */
interface Sent {
  readonly target: string;
  /** Answers it, with a success or this status. */
  answer(status?: number): void;
  readonly hasEnded: () => boolean;
}

let sent: Sent[];
let client: ResilientClient;

const http: HttpClient = {
  send: ({ operationId, target, toValue }, { lifetime, settled }) =>
    new Promise((resolve, reject) => {
      let isOver = false;
      function end(failure: UpstreamFailure | undefined): void {
        if (isOver) return;
        isOver = true;
        settled(failure);
        if (failure) reject(failure);
        else resolve(toValue(undefined));
      }
      lifetime.listen({ onEnd: () => end(new UpstreamFailure({ operationId, kind: 'aborted' })) });
      sent.push({
        target,
        answer: (status) => end(status ? new UpstreamFailure({ operationId, kind: 'status', status }) : undefined),
        hasEnded: () => isOver,
      });
    }),
  close: () => Promise.resolve(),
};

beforeEach(() => {
  sent = [];
  client = createResilientClient({
    http,
    attemptTimeoutMs: 60_000,
    listTimeoutMs: 60_000,
    maxConcurrency: 100,
    maxQueue: 20,
    onCircuit: nothing,
    onSettled: [],
    onRetry: nothing,
    clock: performance,
    random: () => 0,
  });
});

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const callerOf = (): UpstreamCaller => client.createCredential().callerOf(undefined);

function send(
  caller: UpstreamCaller,
  target: string,
  { method = 'GET', ...rest }: Partial<Pick<UpstreamRequest<string>, 'method' | 'anonymous'>> = {},
  lifetime = new Lifetime(Infinity),
): Promise<string> {
  const request: UpstreamRequest<string> = { operationId: 'x', method, target, toValue: () => 'ok', ...rest };
  return client
    .send(request, { lifetime, priority: method === 'GET' ? 'read' : 'write', caller })
    .catch((error: unknown) => {
      if (!(error instanceof UpstreamFailure)) throw error;
      return `${error.kind}${error.status ? ` ${error.status}` : ''}`;
    });
}

const targets = (): string[] => sent.map(({ target }) => target);

describe('a credential that has not succeeded', () => {
  it('has two requests under way, and all of them after its first success', async () => {
    const caller = callerOf();
    const answers = Array.from({ length: 10 }, (_, index) => send(caller, String(index)));
    await settle();
    expect(targets()).toEqual(['0', '1']);
    expect(client).toMatchObject({ waitingOnTrial: 8, limiter: { underWay: 2, waiting: 0 } });
    sent[0]?.answer();
    await settle();
    expect(targets()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    for (const request of sent) request.answer();
    expect(await Promise.all(answers)).toEqual(Array(10).fill('ok'));
    expect(client).toMatchObject({ waitingOnTrial: 0, limiter: { underWay: 0, waiting: 0 } });
  });

  it('ends with its first 401: what is under way, what waits, and what comes after', async () => {
    const caller = callerOf();
    const answers = Array.from({ length: 10 }, (_, index) => send(caller, String(index)));
    await settle();
    sent[1]?.answer(401);
    expect(await Promise.all(answers)).toEqual(Array(10).fill('status 401'));
    expect(sent.map(({ hasEnded }) => hasEnded())).toEqual([true, true]);
    expect(await send(caller, 'later')).toBe('status 401');
    expect(targets()).toEqual(['0', '1']);
    expect(client).toMatchObject({ waitingOnTrial: 0, limiter: { underWay: 0, waiting: 0 } });
  });

  it('ends no write under way by its 401, because its outcome would be unknown', async () => {
    const caller = callerOf();
    const write = send(caller, 'write', { method: 'POST' });
    const read = send(caller, 'read');
    await settle();
    sent[1]?.answer(401);
    expect(await read).toBe('status 401');
    expect(sent[0]?.hasEnded()).toBe(false);
    sent[0]?.answer();
    expect(await write).toBe('ok');
    expect(caller.credential.hasSucceeded).toBe(true);
  });

  it('is not proved or refused by requests that do not carry it, and refuses none of those', async () => {
    const caller = callerOf();
    const anonymous = send(caller, 'anonymous', { anonymous: true });
    await settle();
    sent[0]?.answer();
    expect(await anonymous).toBe('ok');
    expect(caller.credential.hasSucceeded).toBe(false);

    const [refused, first, second] = [
      send(caller, 'credential'),
      send(caller, 'first', { anonymous: true }),
      send(caller, 'second', { anonymous: true }),
    ];
    await settle();
    sent[1]?.answer(401);
    expect(await refused).toBe('status 401');
    await settle();
    expect(targets()).toEqual(['anonymous', 'credential', 'first', 'second']);
    sent[2]?.answer(401);
    sent[3]?.answer();
    expect(await Promise.all([first, second])).toEqual(['status 401', 'ok']);
    expect(caller.credential.hasSucceeded).toBe(false);
  });

  it('lets a request that waits go when its client goes, and one under way', async () => {
    const caller = callerOf();
    const lifetime = new Lifetime(Infinity);
    const answers = Array.from({ length: 3 }, (_, index) => send(caller, String(index), {}, lifetime));
    await settle();
    lifetime.end('aborted');
    expect(await Promise.all(answers)).toEqual(['aborted', 'aborted', 'aborted']);
    expect(client).toMatchObject({ waitingOnTrial: 0, limiter: { underWay: 0, waiting: 0 } });
    expect(caller.credential).toMatchObject({ trialPlaces: 0, hasSucceeded: false });
    void send(caller, 'next');
    await settle();
    expect(targets()).toEqual(['0', '1', 'next']);
  });

  it('takes no place of the shared queue, and of all places a quarter with the others on trial', async () => {
    const strangers = Array.from({ length: 40 }, () => callerOf());
    for (const caller of strangers) for (let count = 0; count < 3; count += 1) void send(caller, 'stranger');
    await settle();
    expect(client).toMatchObject({ waitingOnTrial: 20, limiter: { underWay: 25, waiting: 0 } });
    const caller = callerOf();
    caller.credential.hasSucceeded = true;
    for (let count = 0; count < 75; count += 1) void send(caller, 'own');
    expect(targets().filter((target) => target === 'own')).toHaveLength(75);
  });
});

describe('a credential that is revoked', () => {
  it('is refused after two 401, with all that still waits', async () => {
    const caller = callerOf();
    caller.credential.hasSucceeded = true;
    const answers = Array.from({ length: 110 }, (_, index) => send(caller, String(index)));
    await settle();
    expect(sent).toHaveLength(100);
    sent[0]?.answer(401);
    expect(caller.credential.hasSucceeded).toBe(false);
    await settle();
    expect(sent).toHaveLength(101);
    for (const request of sent.slice(1)) request.answer(401);
    expect(await Promise.all(answers)).toEqual(Array(110).fill('status 401'));
    expect(sent).toHaveLength(101);
  });

  it('goes on if a success follows the 401', async () => {
    const caller = callerOf();
    caller.credential.hasSucceeded = true;
    const answers = [1, 2, 3].map((index) => send(caller, String(index)));
    sent[0]?.answer(401);
    sent[1]?.answer();
    sent[2]?.answer();
    expect(await Promise.all(answers)).toEqual(['status 401', 'ok', 'ok']);
    expect(caller.credential.hasSucceeded).toBe(true);
  });
});
