import { CUSTOMER_EVENT_POLICY } from './customer-event/customer-event.policy.js';
import { CUSTOMER_POLICY } from './customer/customer.policy.js';
import type { Policy, Scope } from './shared/policy.js';
import { SHARED_POLICY } from './shared/shared.policy.js';
import { SYSTEM_POLICY } from './system/system.policy.js';
import { USER_POLICY } from './user/user.policy.js';
import { WEBHOOK_POLICY } from './webhook/webhook.policy.js';

const NOUNS = [CUSTOMER_POLICY, USER_POLICY, CUSTOMER_EVENT_POLICY, WEBHOOK_POLICY, SYSTEM_POLICY, SHARED_POLICY];

/** Every element of the schema that has a policy, by its coordinate: `Customer`, `Customer.users`, `Mutation.createWebhook`. */
export const POLICIES: readonly (readonly [coordinate: string, policy: Policy])[] = NOUNS.flatMap((noun) =>
  Object.entries(noun).flatMap(([type, { fields, ...own }]) => [
    [type, own] as const,
    ...Object.entries(fields ?? {}).map(([field, policy]) => [`${type}.${field}`, policy] as const),
  ]),
);

/** Schema coordinate → one part of its policy, for the elements that have it. */
function viewOf<K extends keyof Policy>(part: K): Record<string, NonNullable<Policy[K]>> {
  const view: Record<string, NonNullable<Policy[K]>> = {};
  for (const [coordinate, policy] of POLICIES) {
    const value = policy[part];
    if (value !== undefined) view[coordinate] = value;
  }
  return view;
}

const ACCESS = Object.entries(viewOf('access'));

/** The scope that a caller needs. A type's scope holds wherever one is returned. */
export const SCOPES: Readonly<Record<string, Scope>> = Object.fromEntries(
  ACCESS.flatMap(([coordinate, access]) => (access === 'authenticated' ? [] : [[coordinate, access] as const])),
);
/** What takes a known caller, and no scope. */
export const AUTHENTICATED: readonly string[] = ACCESS.flatMap(([coordinate, access]) =>
  access === 'authenticated' ? [coordinate] : [],
);
export const INPUT_SCOPES = viewOf('inputAccess');
/** What the subgraph tells composers and routers about the schema, beyond what GraphQL itself can say. */
export const DIRECTIVES = viewOf('directives');
export const FIRST_VERSIONS = viewOf('firstVersion');
export const DEPRECATION_DATES = viewOf('deprecated');
export const UPSTREAM_REQUESTS = viewOf('requests');
export const KEY_LISTS = viewOf('keys');
export const ASSUMED_ITEMS = viewOf('assumedItems');
