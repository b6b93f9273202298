import type { GraphQLResolveInfo } from 'graphql';
import type { WrittenCustomer } from '../../commands/written-customer.js';
import { type CustomerRecord, valueOf } from '../../loaders/outcomes.js';
import type { Loaders } from '../../loaders/create-loaders.js';
import { selectedFields } from '../shared/selection.js';

/** Fields of Customer that are resolved from its id rather than read with it. */
const OWN_FIELDS = new Set(['users', '__typename']);

/**
 * The customer of a mutation payload: from the write's own answer if that holds every selected field, else read
 * again. Null if it has vanished since.
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
