import { loadConfig } from '../../src/config.js';
import { createGateway } from '../../src/gateway.js';
import { composeSupergraph, type SubgraphDefinition } from './compose.js';
import { startBillingSubgraph } from './start-billing-subgraph.js';
import { startRouter } from './start-router.js';

/** `npm run supergraph`: the gateway with its sandbox, a billing subgraph, and a router in front of both. */

const portOf = (name: string, fallback: number): number => Number(process.env[name] ?? fallback);

/** A subgraph as a registry would read it: from `_service`. */
async function readSubgraph(name: string, url: string): Promise<SubgraphDefinition> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  const { data } = (await response.json()) as { data: { _service: { sdl: string } } };
  return { name, url, sdl: data._service.sdl };
}

const gateway = await createGateway(
  loadConfig({ PORT: String(portOf('GATEWAY_PORT', 4000)), SANDBOX_CUSTOMERS: '200', LOG_LEVEL: 'warn' }),
);
const billing = await startBillingSubgraph(portOf('BILLING_PORT', 4001));
const supergraph = composeSupergraph([
  await readSubgraph('dracoon', `${gateway.url}/graphql`),
  await readSubgraph('billing', billing.url),
]);
const router = await startRouter(supergraph, portOf('ROUTER_PORT', 4002));

const query =
  '{ invoices(first: 5) { nodes { number total customer { companyName quotaUsed users { totalCount } } } } }';
console.log(`
  DRACOON subgraph  ${gateway.url}/graphql
  Billing subgraph  ${billing.url}
  Router            ${router.url}

  Invoices come from billing, their customers from the sandbox behind the DRACOON subgraph:
  curl ${router.url} -H 'content-type: application/json' -d '${JSON.stringify({ query })}'
`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    void Promise.all([router.close(), billing.close(), gateway.close()]).then(() => process.exit(0));
  });
}
