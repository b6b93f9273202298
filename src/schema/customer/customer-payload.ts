import type { GraphQLResolveInfo } from 'graphql';
import type { WrittenCustomer } from '../../commands/written-customer.js';
import { valueOf, type CustomerRecord } from '../../loaders/customer-record.js';
import type { Loaders } from '../../loaders/create-loaders.js';
import { selectedFields } from '../shared/selection.js';

/** Fields of Customer that are resolved from its id rather than read with it. */
const OWN_FIELDS = new Set(['users', '__typename']);

/**
 * The customer of a mutation payload: from the write's own answer where that holds every selected field, else read
 * again. Null where it has vanished since.
 */
export async function readWrittenCustomer(
  written: WrittenCustomer,
  info: GraphQLResolveInfo,
  loaders: Loaders,
): Promise<WrittenCustomer['known'] | CustomerRecord | null> {
  const selected = selectedFields(info);
  const needed = [...selected].filter((field) => !OWN_FIELDS.has(field));
  const known: Record<string, unknown> = written.known;
  if (written.id !== undefined && needed.every((field) => known[field] !== undefined)) return written.known;

  const attributes = selected.has('customerAttributes');
  if (written.id !== undefined) return loaders.customerById.load({ id: written.id, attributes });
  const uuid = written.known.customerUuid;
  return uuid === undefined ? null : loaders.customerByUuid.load({ uuid: valueOf(uuid), attributes });
}
