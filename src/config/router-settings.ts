import type { Checked } from './checked-values.js';
import type { Values } from './variables.js';

/** A router that keeps responses of this subgraph. */
export interface RouterConfig {
  /** Of its endpoint for invalidation. */
  url: URL;
  /** Its shared key. */
  key: string;
  /** Name of this subgraph in the supergraph. */
  subgraph: string;
}

/** What is wrong between variables. */
export const routerProblems = ({
  ROUTER_INVALIDATION_URL: url,
  ROUTER_INVALIDATION_KEY: key,
}: Partial<Values>): string[] =>
  url && !key ? ['ROUTER_INVALIDATION_KEY must be set with ROUTER_INVALIDATION_URL.'] : [];

/** Undefined if there is none. */
export function toRouter(values: Checked): RouterConfig | undefined {
  const { ROUTER_INVALIDATION_URL: url, ROUTER_INVALIDATION_KEY: key, ROUTER_SUBGRAPH_NAME: subgraph } = values;
  return url && key ? Object.freeze({ url, key, subgraph }) : undefined;
}
