import { startBillingSubgraph } from './start-billing-subgraph.js';

/** The billing subgraph as a process of its own, for a container say: at `BILLING_HOST` and `BILLING_PORT`. */

const billing = await startBillingSubgraph(Number(process.env['BILLING_PORT'] ?? 4001), process.env['BILLING_HOST']);
console.log(`Billing subgraph  ${billing.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void billing.close());
