import { once } from 'node:events';
import { WebSocket } from 'ws';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { measureHeapGrowth } from '../support/measure-heap-growth.js';
import { createSandboxCall, itemsOf } from '../support/sandbox-client.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { rename } from '../support/subscribe.js';

const MEBIBYTE = 1_048_576;
const USERS = 500;
const SUBSCRIPTIONS = 20;
const WRITES = 5;
const POKE_MS = 2_000;

const queryOf = (index: number): string =>
  `subscription { customerEvents { customer { companyName u${index}: users(first: ${USERS}) { nodes { id userName firstName lastName email } } } } }`;

describe('subscriptions with large results', () => {
  let stack: Stack;
  let sockets: WebSocket[] = [];
  beforeAll(async () => {
    stack = await startStack({ sandbox: { customers: 20 }, env: { MAX_EVENT_LOOP_DELAY_MS: '0' } });
    const users = await createSandboxCall(stack.sandbox)('GET', '/v4/provisioning/customers/5/users', {
      query: { limit: '1' },
    });
    const items = Array.from({ length: USERS }, (_, index) => ({ ...itemsOf(users)[0], id: index + 1 }));
    const body = { range: { offset: 0, limit: USERS, total: USERS }, items };
    const text = JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomerUsers' },
      action: { kind: 'respond', status: 200, headers: { 'content-type': 'application/json' }, body: text },
    });
  });
  afterEach(() => {
    for (const socket of sockets) socket.terminate();
    sockets = [];
  });
  afterAll(() => stack.close());

  /** Opens one socket with many subscriptions, no two of them with the same results. Returns how many results came. */
  async function open(): Promise<{ socket: WebSocket; results: () => number }> {
    const socket = new WebSocket(`${stack.gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    sockets.push(socket);
    await once(socket, 'open');
    const send = (message: object): void => socket.send(JSON.stringify(message));
    send({ type: 'connection_init', payload: { 'x-sds-service-token': SANDBOX_TOKENS.first } });
    await once(socket, 'message');
    let results = 0;
    let pokes = 0;
    let answersToLastPoke = 0;
    socket.on('message', (data: Buffer) => {
      const head = data.toString('latin1', 0, 200);
      if (head.includes('"next"')) results += 1;
      if (head.includes(`"Poke ${pokes}"`)) answersToLastPoke += 1;
    });
    for (let index = 0; index < SUBSCRIPTIONS; index += 1) {
      send({ id: String(index), type: 'subscribe', payload: { query: queryOf(index) } });
    }
    let pokedAt = -Infinity;
    await eventually('all subscriptions are notified of the last event', async () => {
      if (answersToLastPoke === SUBSCRIPTIONS) return true;
      if (performance.now() < pokedAt + POKE_MS) return false;
      pokedAt = performance.now();
      answersToLastPoke = 0;
      pokes += 1;
      await stack.execute(rename(5, `Poke ${pokes}`));
      return false;
    });
    results = 0;
    return { socket, results: () => results };
  }

  it('holds no results that all subscribers have received', async () => {
    const { results } = await open();
    stack.sandbox.log.clear();
    const growth = await measureHeapGrowth(async () => {
      for (let write = 1; write <= WRITES; write += 1) {
        await stack.execute(rename(5, `Large ${write}`));
        await eventually('all results came', () => results() === write * SUBSCRIPTIONS);
      }
      return stack;
    });
    expect(growth).toBeLessThan(8 * MEBIBYTE);
    expect(stack.sandbox.log.of('requestCustomer')).toHaveLength(WRITES);
  });
});
