import type { Values } from './variables.js';

/** Undefined if there is none. */
export function toRouter({
  ROUTER_INVALIDATION_URL: url,
  ROUTER_INVALIDATION_KEY: key,
  ROUTER_SUBGRAPH_NAME: subgraph,
}: Values) {
  return url && key ? Object.freeze({ url, key, subgraph }) : undefined;
}

/** A router that keeps responses of this subgraph: its endpoint for invalidation, and what it calls this subgraph. */
export type RouterConfig = NonNullable<ReturnType<typeof toRouter>>;
