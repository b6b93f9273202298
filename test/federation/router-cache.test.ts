import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eventually } from '../support/eventually.js';
import { recordLog } from '../support/log-lines.js';
import { startStack, type Stack } from '../support/start-stack.js';

const KEY = 'shared-key-of-the-router';

/** Stands in for the endpoint of Apollo Router: records requests, and answers with planned statuses, then 202. */
interface Router {
  url: string;
  requests: { authorization: string | undefined; tags: string[]; subgraphs: string[] }[];
  statuses: number[];
  close(): Promise<void>;
}

async function startRouter(): Promise<Router> {
  const requests: Router['requests'] = [];
  const statuses: number[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const items = JSON.parse(body) as { kind: string; subgraphs: string[]; cache_tag: string }[];
      expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['cache_tag']));
      requests.push({
        authorization: request.headers.authorization,
        tags: items.map((item) => item.cache_tag),
        subgraphs: items[0]?.subgraphs ?? [],
      });
      response.writeHead(statuses.shift() ?? 202, { 'content-type': 'application/json' }).end('{"count":1}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/invalidation`,
    requests,
    statuses,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

let router: Router;
let stack: Stack;
const log = recordLog();
beforeAll(async () => {
  router = await startRouter();
  const env = { ROUTER_INVALIDATION_URL: router.url, ROUTER_INVALIDATION_KEY: KEY };
  stack = await startStack({ env, logger: log.logger });
});
afterAll(async () => {
  await stack.close();
  await router.close();
});
beforeEach(() => {
  router.requests.length = 0;
  router.statuses.length = 0;
  log.lines.length = 0;
});

const lock = (id: number): Promise<unknown> =>
  stack.data(`mutation { updateCustomer(input: { id: ${id}, isLocked: true }) { userErrors { code } } }`);
const sent = (): string[] => router.requests.flatMap(({ tags }) => tags);

describe('what a router is sent', () => {
  it('is the tags of a customer that was changed, with the key', async () => {
    const { customer } = await stack.data<{ customer: { customerUuid: string } }, never>(
      '{ customer(id: 5) { customerUuid } }',
    );
    await lock(5);
    await eventually('the router is notified', () => router.requests.length > 0);
    expect(router.requests).toEqual([
      {
        authorization: KEY,
        subgraphs: ['dracoon'],
        tags: ['customers', 'customer-5', `customer-${customer.customerUuid}`],
      },
    ]);
  });

  it('is sent again after a failure, together with what has come since', async () => {
    router.statuses.push(503, 503);
    await lock(6);
    await eventually('the first attempt fails', () => router.requests.length > 0);
    await lock(7);
    await eventually('the third attempt', () => router.requests.length === 3);
    expect(router.requests[2]?.tags).toEqual(expect.arrayContaining(['customer-6', 'customer-7']));
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('is given up with a line in the log if the router does not take the key, and later events are sent all the same', async () => {
    router.statuses.push(401);
    await lock(8);
    await eventually('it is given up', () => log.lines.some(({ level }) => level === 'warn'));
    expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { message: 'the cache of the router could not be invalidated', facts: { reason: 'status 401' } },
    ]);
    expect(JSON.stringify(log.lines)).not.toContain(KEY);
    await lock(9);
    await eventually('the next one is sent', () => sent().includes('customer-9'));
    expect(router.requests).toHaveLength(2);
  });

  it('joins the events of a bulk mutation', async () => {
    const ids = Array.from({ length: 20 }, (_, at) => at + 20);
    await stack.data(`mutation { deleteCustomers(input: { ids: [${ids.join(',')}] }) { results { status } } }`);
    await eventually('all are sent', () => ids.every((id) => sent().includes(`customer-${id}`)));
    expect(router.requests.length).toBeLessThan(ids.length);
    // An event of a deletion lacks the UUID.
    expect(sent()).toContain('customers-by-uuid');
  });
});

describe('cache tags of responses', () => {
  const ENTITIES =
    'query E($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer { companyName } } }';

  it('are those of each entity, in the order of the representations, on each of four sendings', async () => {
    const { customer } = await stack.data<{ customer: { customerUuid: string } }, never>(
      '{ customer(id: 3) { customerUuid } }',
    );
    const representations = [
      { __typename: 'Customer', id: '2' },
      { __typename: 'Webhook', id: '1' },
      { __typename: 'Customer', customerUuid: customer.customerUuid },
    ];
    for (let sending = 1; sending <= 4; sending += 1) {
      const { extensions } = await stack.execute(ENTITIES, { representations });
      expect(extensions).toEqual({
        apolloEntityCacheTags: [['customer-2'], [], [`customer-${customer.customerUuid}`, 'customers-by-uuid']],
      });
    }
  });

  it('are one for everything else, and none for mutations', async () => {
    expect((await stack.execute('{ customers(first: 1) { nodes { id } } }')).extensions).toEqual({
      apolloCacheTags: ['customers'],
    });
    const mutation = 'mutation { updateCustomer(input: { id: 1, isLocked: false }) { userErrors { code } } }';
    expect((await stack.execute(mutation)).extensions).toBeUndefined();
  });

  it('are not there without a router', async () => {
    const other = await startStack();
    expect((await other.execute('{ customers(first: 1) { nodes { id } } }')).extensions).toBeUndefined();
    await other.close();
  });
});
