import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { createClient } from 'graphql-sse';
import { INVOICES_BY_DATE } from '../../examples/supergraph/invoices.js';
import { startBillingSubgraph, type Subgraph } from '../../examples/supergraph/start-billing-subgraph.js';
import { startRouter, type Router } from '../../examples/supergraph/start-router.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { printSchemaText } from '../../src/schema/print-schema-text.js';
import { COMPOSERS } from '../support/composers.js';
import { startApolloGateway } from '../support/start-apollo-gateway.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/start-stack.js';

const FIRST = { 'x-sds-service-token': SANDBOX_TOKENS.first };

let stack: Stack;
let billing: Subgraph;
/** Requests that reached the gateway. */
let received = 0;

function onRequest(message: unknown): void {
  const { request } = message as { request: IncomingMessage };
  if (request.headers.host === new URL(stack.gateway.url).host) received += 1;
}

beforeAll(async () => {
  stack = await startStack();
  billing = await startBillingSubgraph();
  subscribe('http.server.request.start', onRequest);
});
afterAll(async () => {
  unsubscribe('http.server.request.start', onRequest);
  await billing.close();
  await stack.close();
});
beforeEach(() => {
  stack.sandbox.log.clear();
  received = 0;
});

const compose = (composer: string, options?: { scopes: boolean }): string => {
  const dracoon = { name: 'dracoon', url: `${stack.gateway.url}/graphql`, sdl: printSchemaText(options) };
  const { errors, supergraph } = COMPOSERS[composer]?.([dracoon, billing]) ?? {
    errors: ['no composer'],
    supergraph: '',
  };
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return supergraph;
};

const ROUTERS = [
  ['Hive Gateway', startRouter, '@theguild/federation-composition'],
  ['Hive Gateway', startRouter, '@apollo/composition'],
  ['Apollo Gateway', startApolloGateway, '@apollo/composition'],
  ['Apollo Gateway', startApolloGateway, '@theguild/federation-composition'],
] as const;

describe.each(ROUTERS)('%s', (_name, start, composer) => {
  let router: Router;
  beforeAll(async () => {
    router = await start(compose(composer));
  });
  afterAll(() => router.close());

  async function ask(query: string, token = 'sandbox-provider-one'): Promise<unknown> {
    const response = await fetch(router.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': token },
      body: JSON.stringify({ query }),
    });
    return response.json();
  }

  it(`joins 30 invoices to their 20 customers in one request, composed by ${composer}`, async () => {
    const answer = (await ask('{ invoices(first: 30) { nodes { number customer { id companyName } } } }')) as {
      data: { invoices: { nodes: { number: string; customer: { id: string; companyName: string } }[] } };
    };
    const upstream = stack.sandbox.log.all().length;
    expect([received, upstream]).toEqual([1, expect.any(Number)]);
    expect(upstream).toBeLessThanOrEqual(20);

    const { customers } = await stack.data<{ customers: { nodes: { id: string; companyName: string }[] } }, never>(
      '{ customers(first: 120) { nodes { id companyName } } }',
    );
    const names = new Map(customers.nodes.map(({ id, companyName }) => [id, companyName]));
    expect(answer.data.invoices.nodes).toEqual(
      INVOICES_BY_DATE.slice(0, 30).map(({ number, customerId }) => ({
        number,
        customer: { id: customerId, companyName: names.get(customerId) },
      })),
    );
  });

  it('asks the gateway nothing for what the key holds', async () => {
    expect(await ask('{ invoices(first: 1) { nodes { customer { id } } } }')).toEqual({
      data: { invoices: { nodes: [{ customer: { id: '1' } }] } },
    });
    expect([received, stack.sandbox.log.all().length]).toEqual([0, 0]);
  });

  it('extends customers by invoices, exact ids included', async () => {
    expect(
      await ask(
        '{ first: customer(id: "1") { id isLocked invoices { number } } last: customer(id: "9223372036854775807") { id invoices { number } } }',
      ),
    ).toEqual({
      data: {
        first: {
          id: '1',
          isLocked: expect.any(Boolean) as boolean,
          invoices: INVOICES_BY_DATE.filter(({ customerId }) => customerId === '1').map(({ number }) => ({ number })),
        },
        last: { id: '9223372036854775807', invoices: [] },
      },
    });
  });

  it("works on the customers of the client's own token", async () => {
    const name = '{ invoices(first: 1) { nodes { customer { companyName } } } }';
    expect(await ask(name, 'sandbox-provider-two')).not.toEqual(await ask(name));
    expect(await ask(name, 'not-a-token')).toMatchObject({ errors: expect.any(Array) as unknown[] });
  });
});

describe('the variant with scopes', () => {
  it('is what Apollo Gateway refuses to run, because it could not keep the promise', async () => {
    await expect(startApolloGateway(compose('@apollo/composition', { scopes: true }))).rejects.toThrow(
      'https://specs.apollo.dev/requiresScopes/v0.1 is for: SECURITY but is unsupported',
    );
  });

  it('is run by Hive Gateway, which checks no scope without its auth plugin', async () => {
    const router = await startRouter(compose('@theguild/federation-composition', { scopes: true }));
    try {
      const response = await fetch(router.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
        body: JSON.stringify({ query: '{ customer(id: "1") { id activationCode invoices { number } } }' }),
      });
      expect(await response.json()).toMatchObject({ data: { customer: { id: '1', invoices: [{}, {}, {}] } } });
    } finally {
      await router.close();
    }
  });
});

describe('events through Hive Gateway', () => {
  it('come as the client of the router would get them here, joined with the other subgraph', async () => {
    const router = await startRouter(compose('@theguild/federation-composition'));
    const client = createClient({ url: router.url, headers: FIRST });
    const events: unknown[] = [];
    const ended = new Promise((resolve) => {
      client.subscribe(
        { query: 'subscription { customerEvents { type customer { id companyName invoices { number } } } }' },
        { next: (event) => events.push(event), error: resolve, complete: () => resolve('complete') },
      );
    });
    try {
      const rename = (name: string): Promise<unknown> =>
        stack.data(
          `mutation { updateCustomer(input: { id: 1, companyName: "${name}", customerContractType: PAY }) { customer { id } } }`,
        );
      let times = 0;
      await eventually('an event has come', async () => {
        if (events.length === 0) await rename(`Renamed ${(times += 1)}`);
        return events.length > 0;
      });
      expect(events[0]).toEqual({
        data: {
          customerEvents: {
            type: 'UPDATED',
            customer: {
              id: '1',
              companyName: expect.stringMatching(/^Renamed \d+$/),
              invoices: INVOICES_BY_DATE.filter(({ customerId }) => customerId === '1').map(({ number }) => ({
                number,
              })),
            },
          },
        },
      });
    } finally {
      client.dispose();
      await ended;
      await router.close();
    }
  });
});
