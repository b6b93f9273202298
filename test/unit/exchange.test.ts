import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { UpstreamFailure } from '../../src/errors/upstream-failure.js';
import { exchange } from '../../src/upstream/http/exchange.js';
import type { Lease } from '../../src/upstream/http/connection-pool.js';
import { Lifetime } from '../../src/upstream/resilience/lifetime.js';

/** One exchange, whose connection the test plays. */
interface Play {
  handler: Dispatcher.DispatchHandler;
  lifetime: Lifetime;
  /** Says that the request is being sent. */
  start(): void;
  head(headers?: IncomingHttpHeaders): void;
  data(text: string): void;
  end(): void;
  breakWith(code: string): void;
  outcome: Promise<unknown>;
  /** How often the connection was given back, and how. */
  givenBack: string[];
  settled: unknown[];
  aborts: unknown[];
}

const MAX_BYTES = 10;
const FAR_MS = 600_000;

function play(method: string, timeoutMs = FAR_MS): Play {
  const lifetime = new Lifetime(performance.now() + FAR_MS);
  const givenBack: string[] = [];
  const settled: unknown[] = [];
  const aborts: unknown[] = [];
  const controller = { abort: (reason: Error) => aborts.push(reason) } as unknown as Dispatcher.DispatchController;
  let handler: Dispatcher.DispatchHandler = {};
  const lease: Lease = {
    isReused: false,
    dispatch: (_, given) => (handler = given),
    giveBack: (how) => givenBack.push(how),
  };
  const unexpected = (): never => {
    throw new Error('a new connection is as good as another');
  };
  const outcome = exchange(
    { take: () => lease, open: unexpected, dropOlderThan: unexpected, onSilent: unexpected },
    { method: method, path: '/' },
    {
      operationId: 'x',
      maxBytes: MAX_BYTES,
      silentMs: 0,
      bounds: { timeoutMs, lifetime, resent: unexpected, settled: (failure) => void settled.push(failure) },
      read: ({ status, body }) => `${status} ${body.toString()}`,
    },
  ).catch((error: unknown) => error);
  return {
    handler,
    lifetime,
    start: () => handler.onRequestStart?.(controller, undefined),
    head: (headers = {}) => handler.onResponseStart?.(controller, 200, headers),
    data: (text) => handler.onResponseData?.(controller, Buffer.from(text)),
    end: () => handler.onResponseEnd?.(controller, {}),
    breakWith: (code) => handler.onResponseError?.(controller, Object.assign(new Error(code), { code })),
    outcome,
    givenBack,
    settled,
    aborts,
  };
}

/** How an exchange can fail, and whether a write may have been performed then. */
const FAILURES: readonly [name: string, fail: (play: Play) => void, kind: string, mayBePerformed: boolean][] = [
  ['is cancelled before it is sent', ({ lifetime }) => lifetime.end('aborted'), 'aborted', false],
  ['reaches its deadline before it is sent', ({ lifetime }) => lifetime.end('timeout'), 'timeout', false],
  ['fails before it is sent', ({ breakWith }) => breakWith('UND_ERR_SOCKET'), 'unreachable', false],
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].map(
    (code): (typeof FAILURES)[number] => [
      `cannot connect: ${code}`,
      ({ start, breakWith }) => {
        start();
        breakWith(code);
      },
      'unreachable',
      false,
    ],
  ),
  [
    'cannot connect in time',
    ({ start, breakWith }) => {
      start();
      breakWith('UND_ERR_CONNECT_TIMEOUT');
    },
    'timeout',
    false,
  ],
  ...['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'HPE_INVALID_CONSTANT', ''].map((code): (typeof FAILURES)[number] => [
    `breaks once it is sent: ${code || 'without a code'}`,
    ({ start, breakWith }) => {
      start();
      breakWith(code);
    },
    'unreachable',
    true,
  ]),
  ...['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'].map((code): (typeof FAILURES)[number] => [
    `is not answered in time: ${code}`,
    ({ start, breakWith }) => {
      start();
      breakWith(code);
    },
    'timeout',
    true,
  ]),
  [
    'is cancelled once it is sent',
    ({ start, lifetime }) => {
      start();
      lifetime.end('aborted');
    },
    'aborted',
    true,
  ],
  [
    'announces too large an answer',
    ({ start, head }) => {
      start();
      head({ 'content-length': String(MAX_BYTES + 1) });
    },
    'too-large',
    true,
  ],
  [
    'gets too large an answer',
    ({ start, head, data }) => {
      start();
      head();
      data('x'.repeat(MAX_BYTES));
      data('x');
    },
    'too-large',
    true,
  ],
  [
    'gets an answer in several encodings',
    ({ start, head }) => {
      start();
      head({ 'content-encoding': 'gzip, gzip' });
    },
    'bad-encoding',
    true,
  ],
];

describe.each(['GET', 'POST', 'PUT', 'DELETE'])('a %s', (method) => {
  it.each(FAILURES)('that %s says whether it may have been performed', async (_, fail, kind, mayBePerformed) => {
    const played = play(method);
    fail(played);
    const failure = (await played.outcome) as UpstreamFailure;
    expect([failure.kind, failure.outcomeUnknown]).toEqual([kind, method !== 'GET' && mayBePerformed]);
    expect(played.settled).toEqual([failure]);
    expect(played.lifetime.unlisten({ onEnd: () => undefined })).toBe(false);
  });

  it('that is not answered in time says whether it may have been performed by whether it was sent', async () => {
    const [unsent, sent] = [play(method, 1), play(method, 1)];
    sent.start();
    expect(await unsent.outcome).toMatchObject({ kind: 'timeout', outcomeUnknown: false });
    expect(await sent.outcome).toMatchObject({ kind: 'timeout', outcomeUnknown: method !== 'GET' });
  });
});
