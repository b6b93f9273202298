import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { openSocket, type OpenSocket } from '../support/open-socket.js';
import { readMetrics } from '../support/read-metrics.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { EVENTS, rename } from '../support/subscribe.js';
import { untilCount } from '../support/until-count.js';

const FIRST = { 'x-sds-service-token': SANDBOX_TOKENS.first };
const MAX_SUBSCRIPTIONS = 10;
const DOCUMENT_ID = 'events-1';
const HASH = createHash('sha256').update(EVENTS).digest('hex');

let directory: string;
let stack: Stack;
let sockets: OpenSocket[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'web-socket-protocol-'));
  const manifest = join(directory, 'manifest.json');
  await writeFile(manifest, JSON.stringify({ [DOCUMENT_ID]: EVENTS }));
  stack = await startStack({
    sandbox: { customers: 20 },
    env: {
      METRICS_PORT: '0',
      MAX_CONNECTION_SUBSCRIPTIONS: String(MAX_SUBSCRIPTIONS),
      TRUSTED_DOCUMENTS: manifest,
      TRUSTED_DOCUMENTS_MODE: 'log',
    },
  });
});
afterEach(async () => {
  for (const { socket } of sockets) socket.terminate();
  sockets = [];
  await eventually('no subscription is left', async () => (await liveSubscriptions()) === 0);
});
afterAll(async () => {
  await stack.close();
  await rm(directory, { recursive: true });
});

const liveSubscriptions = async (): Promise<number> =>
  (await readMetrics(stack.gateway.metrics?.url)).get('gateway_subscriptions') ?? 0;

async function open(): Promise<OpenSocket> {
  const opened = await openSocket(stack.gateway);
  sockets.push(opened);
  return opened;
}

async function connect(): Promise<OpenSocket> {
  const opened = await open();
  opened.send({ type: 'connection_init', payload: FIRST });
  await eventually('it is acknowledged', () => opened.messages.length > 0);
  opened.messages.length = 0;
  return opened;
}

/** Sends messages that arrive at once, in one packet as far as they fit. */
function sendTogether({ socket, send }: OpenSocket, messages: readonly object[]): void {
  const { _socket } = socket as unknown as { _socket: Socket };
  _socket.cork();
  for (const message of messages) send(message);
  _socket.uncork();
}

const subscribeTo = (id: string, query = EVENTS): object => ({ id, type: 'subscribe', payload: { query } });
const complete = (id: string): object => ({ id, type: 'complete' });
const ofType = ({ messages }: OpenSocket, type: string): OpenSocket['messages'] =>
  messages.filter((message) => message.type === type);
const idsOf = (messages: OpenSocket['messages']): (string | undefined)[] => messages.map(({ id }) => id).sort();

/** Resolves once a socket is notified of a change that it was not told of before. */
async function pokeUntilTold(opened: OpenSocket): Promise<void> {
  let count = 0;
  await eventually('the events come', async () => {
    count += 1;
    await stack.execute(rename(1, `Poke ${count}`));
    return ofType(opened, 'next').length > 0;
  });
  const last = `Poke ${count}`;
  await eventually('nothing more is on its way', () => JSON.stringify(opened.messages).includes(last));
  opened.messages.length = 0;
}

/** Ids of the results that one change leads to, each as often as it came. */
async function idsToldOf(opened: OpenSocket, name: string): Promise<(string | undefined)[]> {
  await stack.execute(rename(2, name));
  await stack.execute(rename(3, `${name}, and after`));
  const holding = (text: string) => ofType(opened, 'next').filter((message) => JSON.stringify(message).includes(text));
  const expected = await liveSubscriptions();
  await untilCount('the later change is told', expected, () => holding(`"${name}, and after"`).length);
  return idsOf(holding(`"${name}"`));
}

describe('subscriptions that are completed before they have started', () => {
  it('leave one subscription for each id that is open, which gets each event once', async () => {
    const opened = await connect();
    const round = [subscribeTo('1'), complete('1')];
    sendTogether(opened, [...Array.from({ length: 200 }, () => round).flat(), subscribeTo('1')]);
    await pokeUntilTold(opened);
    expect(await liveSubscriptions()).toBe(1);
    expect(await idsToldOf(opened, 'Once')).toEqual(['1']);
    expect([opened.closed, ofType(opened, 'error')]).toEqual([undefined, []]);
    sendTogether(opened, [complete('1')]);
    await eventually('it is over', async () => (await liveSubscriptions()) === 0);
    expect(ofType(opened, 'complete')).toEqual([]);
  });

  it('are within the limit of a connection when their ids are used again', async () => {
    const opened = await connect();
    const ids = Array.from({ length: 200 }, (_, index) => String(index));
    sendTogether(
      opened,
      ids.flatMap((id) => [subscribeTo(id), complete(id), subscribeTo(id)]),
    );
    await untilCount('all others are rejected', 380, () => ofType(opened, 'error').length);
    await pokeUntilTold(opened);
    expect(await liveSubscriptions()).toBe(MAX_SUBSCRIPTIONS);
    expect(await idsToldOf(opened, 'To ten')).toEqual(idsOf(ids.slice(0, 10).map((id) => ({ type: 'next', id }))));
    expect(opened.closed).toBeUndefined();
  });

  it('end with the connection', async () => {
    for (const _ of [1, 2, 3]) {
      const opened = await connect();
      sendTogether(opened, [subscribeTo('1'), complete('1'), subscribeTo('1'), subscribeTo('2')]);
      opened.socket.terminate();
      await eventually('it is closed', () => opened.closed !== undefined);
    }
    await eventually('no subscription is left', async () => (await liveSubscriptions()) === 0);
  });

  it('are not told of by complete, and do not end their successor', async () => {
    const opened = await connect();
    sendTogether(opened, [subscribeTo('1')]);
    await pokeUntilTold(opened);
    sendTogether(opened, [complete('1'), complete('1'), subscribeTo('1'), complete('2')]);
    await pokeUntilTold(opened);
    expect(await idsToldOf(opened, 'To the successor')).toEqual(['1']);
    expect(ofType(opened, 'complete')).toEqual([]);
  });
});

describe('a message that breaks the protocol', () => {
  it.each([
    ['a result', { id: '1', type: 'next', payload: { data: null } }],
    ['an error', { id: '1', type: 'error', payload: [{ message: 'Mine' }] }],
    ['an acknowledgement', { type: 'connection_ack' }],
    ['an unknown type', { type: 'start', id: '1', payload: { query: EVENTS } }],
    ['no type', {}],
    ['a list', [subscribeTo('1')]],
    ['a subscription without an id', { type: 'subscribe', payload: { query: EVENTS } }],
    ['a subscription without a document', { id: '1', type: 'subscribe', payload: {} }],
    ['variables as a text', { id: '1', type: 'subscribe', payload: { query: EVENTS, variables: '{}' } }],
    ['a completion without an id', { type: 'complete' }],
  ])('closes the connection with 4400: %s', async (_what, message) => {
    const opened = await connect();
    opened.send(message);
    await eventually('it is closed', () => opened.closed !== undefined);
    expect(opened.closed).toEqual({ code: 4400, reason: 'Invalid message received' });
  });

  it.each([
    [4401, 'Unauthorized', [subscribeTo('1')]],
    [
      4429,
      'Too many initialisation requests',
      [
        { type: 'connection_init', payload: FIRST },
        { type: 'connection_init', payload: FIRST },
      ],
    ],
  ])('closes the connection with %i', async (code, reason, messages) => {
    const opened = await open();
    sendTogether(opened, messages);
    await eventually('it is closed', () => opened.closed !== undefined);
    expect(opened.closed).toEqual({ code, reason });
  });

  it.each(['1', 'ä'.repeat(200)])('closes the connection with 4409 for an id that is in use', async (id) => {
    const opened = await connect();
    sendTogether(opened, [subscribeTo(id), subscribeTo(id), subscribeTo('3')]);
    await eventually('it is closed', () => opened.closed !== undefined);
    expect(opened.closed?.code).toBe(4409);
    expect(`Subscriber for ${id} already exists`).toContain(opened.closed?.reason);
  });

  it('is not one that asks for a pong, with and without a payload', async () => {
    const opened = await connect();
    sendTogether(opened, [{ type: 'ping' }, { type: 'pong' }, { type: 'ping', payload: { at: 1 } }]);
    await untilCount('they are answered', 2, () => opened.messages.length);
    expect(opened.messages).toEqual([{ type: 'pong' }, { type: 'pong', payload: { at: 1 } }]);
  });
});

describe('the errors of a subscription that is rejected', () => {
  async function errorsOf(payload: object): Promise<unknown> {
    const opened = await connect();
    opened.send({ id: '1', type: 'subscribe', payload });
    await untilCount('it is rejected', 1, () => ofType(opened, 'error').length);
    return ofType(opened, 'error')[0]?.payload;
  }

  it('have the locations of a document that does not fit the schema', async () => {
    expect(await errorsOf({ query: 'subscription {\n  nothing\n}' })).toMatchObject([
      { locations: [{ line: 2, column: 3 }], extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });

  it('have the path of an argument that is wrong', async () => {
    expect(await errorsOf({ query: 'subscription { customerEvents(customerId: "x") { type } }' })).toMatchObject([
      { path: ['customerEvents'], locations: [{ line: 1, column: 16 }], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

describe('a subscription without its text', () => {
  it.each([
    ['documentId', { documentId: DOCUMENT_ID }],
    ['the hash as documentId', { documentId: HASH }],
    ['a hash', { extensions: { persistedQuery: { version: 1, sha256Hash: HASH } } }],
  ])('is run over WebSocket by %s', async (_by, payload) => {
    const opened = await connect();
    opened.send({ id: '1', type: 'subscribe', payload });
    await pokeUntilTold(opened);
    expect(await idsToldOf(opened, 'By its name')).toEqual(['1']);
  });

  it.each([
    ['documentId', { documentId: DOCUMENT_ID }],
    ['the hash as documentId', { documentId: HASH }],
    ['a hash', { extensions: { persistedQuery: { version: 1, sha256Hash: HASH } } }],
  ])('is run as a stream by %s', async (_by, body) => {
    const response = await fetch(`${stack.gateway.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...FIRST },
      body: JSON.stringify(body),
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await response.body?.cancel();
  });

  it('is rejected if the document is unknown', async () => {
    const opened = await connect();
    opened.send({ id: '1', type: 'subscribe', payload: { documentId: 'nothing' } });
    await untilCount('it is rejected', 1, () => ofType(opened, 'error').length);
    expect(ofType(opened, 'error')[0]?.payload).toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }]);
  });
});
