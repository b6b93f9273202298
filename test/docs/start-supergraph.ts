import { composeSupergraph } from '../../examples/supergraph/compose.js';
import { startBillingSubgraph } from '../../examples/supergraph/start-billing-subgraph.js';
import { startRouter } from '../../examples/supergraph/start-router.js';
import type { Stack } from '../support/start-stack.js';

/** Starts what the examples do: a billing subgraph, and a router before it and the gateway. Closed in reverse order. */
export async function startSupergraph({ gateway, data }: Stack, closing: (() => Promise<unknown>)[]): Promise<string> {
  const billing = await startBillingSubgraph();
  closing.push(() => billing.close());
  const { _service } = await data<{ _service: { sdl: string } }, never>('{ _service { sdl } }');
  const dracoon = { name: 'dracoon', url: `${gateway.url}/graphql`, sdl: _service.sdl };
  const router = await startRouter(composeSupergraph([dracoon, billing]));
  closing.push(() => router.close());
  return router.url;
}
