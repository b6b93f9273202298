import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gatewayHeaders } from '../../src/wiring/gateway-headers.js';
import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { holdTimers } from '../support/hold-timers.js';
import { startGateway } from '../support/start-gateway.js';
import { untilTaken } from '../support/until-taken.js';
import { useStack } from '../support/use-stack.js';

const start = useStack({ customers: 200 });

const PAGE =
  'query P($after: String) { customers(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }';
const ONE = '{ customer(id: 1) { id } }';
/** But for a list, which has the minute of all tests. */
const FOREVER = { REQUEST_TIMEOUT_MS: '600000' };
const HANG = { action: { kind: 'hang' as const } };

interface Page {
  customers: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

describe('a list that is slow', () => {
  it('has more time than the read of one customer', async () => {
    const { sandbox, execute } = await start({ UPSTREAM_TIMEOUT_MS: '300' });
    expect((await execute('{ customers(first: 1) { totalCount } }')).errors).toBeUndefined();
    sandbox.faults.add({ ...HANG, match: { operationId: 'requestCustomer' } });
    sandbox.faults.add({ match: { operationId: 'requestCustomers' }, latencyMs: 900 });
    const { data, errors } = await execute(`{ customers(first: 2) { nodes { id } } one: customer(id: 5) { id } }`);
    expect(data).toEqual({ customers: { nodes: [{ id: '1' }, { id: '2' }] }, one: null });
    expect(errors).toMatchObject([{ path: ['one'], extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
  });

  it.each([
    ['customers', 'requestCustomers', '{ list: customers(first: 100) { nodes { id } pageInfo { hasNextPage } } }'],
    [
      'webhooks',
      'requestListOfTenantWebhooks',
      '{ list: webhooks(first: 40) { nodes { id } pageInfo { hasNextPage } } }',
    ],
  ])('is asked for once more with a fifth of the size: %s', async (_, operationId, query) => {
    const { sandbox, data } = await start(FOREVER);
    sandbox.faults.add({ ...HANG, match: { operationId }, times: 1 });
    const timers = holdTimers();
    const answer = data<{ list: { nodes: unknown[]; pageInfo: object } }, object>(query);
    await eventually('it is asked for', () => sandbox.log.of(operationId).length > 0);
    timers.pass(60_000);
    const { list } = await answer;
    const limits = sandbox.log.of(operationId).map(({ query: { limit } }) => Number(limit));
    expect(limits).toEqual([Number(limits[0]), Number(limits[0]) / 5]);
    expect(list.nodes).toHaveLength(Number(limits[1]));
    expect(list.pageInfo).toEqual({ hasNextPage: true });
  });

  it('is read to its end by cursor, in the pages that arrive', async () => {
    const { sandbox, data } = await start(FOREVER);
    const ids: string[] = [];
    const read = async (after: string | null): Promise<Page> => {
      if (ids.length >= 40) return data<Page, object>(PAGE, { after });
      sandbox.log.clear();
      sandbox.faults.add({ ...HANG, match: { operationId: 'requestCustomers' }, times: 1 });
      const timers = holdTimers();
      const page = data<Page, object>(PAGE, { after });
      await eventually('it is asked for', () => sandbox.log.all().length > 0);
      timers.pass(60_000);
      return page;
    };
    for (let after: string | null = null; ;) {
      const { customers }: Page = await read(after);
      ids.push(...customers.nodes.map(({ id }) => id));
      if (!customers.pageInfo.hasNextPage) break;
      after = customers.pageInfo.endCursor;
    }
    expect(new Set(ids).size).toBe(200);
    expect(ids).toHaveLength(200);
  });

  it('times out if the smaller page does too', async () => {
    const { sandbox, execute } = await start({ UPSTREAM_LIST_TIMEOUT_MS: '300' });
    sandbox.faults.add({ ...HANG, match: { operationId: 'requestCustomers' } });
    const { errors } = await execute(PAGE);
    expect(errors).toMatchObject([{ path: ['customers'], extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
    expect(sandbox.log.of('requestCustomers').map(({ query: { limit } }) => limit)).toEqual(['100', '20']);
  });
});

describe('reads of one operation', () => {
  const usersOf = (first: number): string =>
    `{ customers(first: ${first}) { nodes { users(first: 1) { totalCount } } } }`;

  it.each([
    [200, {}, 64],
    [50, {}, 50],
    [200, { UPSTREAM_MAX_PER_OPERATION: '100' }, 100],
  ])('of %i customers are under way at once up to a bound', async (first, env, expected) => {
    const { sandbox, execute } = await start(env);
    expect((await execute(ONE)).errors).toBeUndefined();
    const gate = createGate();
    sandbox.faults.add({ match: { operationId: 'requestCustomerUsers' }, until: gate.opened });
    const underWay = (): number => sandbox.log.of('requestCustomerUsers').length;
    const answer = execute(usersOf(first));
    await eventually('reads are under way', () => underWay() === expected);
    await untilTaken(() => execute('{ customer(id: 2) { id } }'));
    expect(underWay()).toBe(expected);
    gate.open();
    expect((await answer).errors).toBeUndefined();
    expect(underWay()).toBe(first);
  });
});

describe('headers of upstream requests', () => {
  it('name the gateway and its version, and ask for no compression on loopback', async () => {
    const seen: (string | undefined)[][] = [];
    const upstream = createServer(({ headers }, response) => {
      seen.push([headers['user-agent'], headers['accept-encoding']?.toString()]);
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const { port } = upstream.address() as AddressInfo;
    const gateway = await startGateway({ UPSTREAM_URL: `http://127.0.0.1:${port}/api` });
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': 'any' },
      body: JSON.stringify({ query: ONE }),
    });
    await gateway.close(0);
    upstream.close();
    expect(seen).toEqual([[expect.stringMatching(/^dracoon-graphql-gateway\/\d+\.\d+\.\d+/), undefined]]);
  });

  it.each(['https://dracoon.example.com/api', 'http://10.0.0.1/api'])('ask for gzip on a network: %s', (url) => {
    expect(gatewayHeaders(new URL(url)).slice(2)).toEqual(['accept-encoding', 'gzip']);
  });
});
