import type { Commands } from './create-commands.js';
import { given } from './input-checks.js';
import type { Outcome } from './outcome.js';
import type { WrittenCustomer } from './written-customer.js';

export interface Write {
  type: 'CREATED' | 'UPDATED' | 'DELETED';
  customerId: string;
  /** Undefined if the answer did not tell. */
  customerUuid: string | undefined;
  /** Likewise. */
  updatedAt: string | undefined;
}

/** Longer than any UUID or time, save one with a fraction that the upstream has made up: events are remembered by them. */
const MAX_LENGTH = 64;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= MAX_LENGTH ? value : undefined;

const toWrite = (
  type: 'CREATED' | 'UPDATED',
  id: string,
  { customerUuid, updatedAt }: WrittenCustomer['known'],
): Write => ({
  type,
  customerId: id,
  customerUuid: textOf(customerUuid),
  updatedAt: textOf(updatedAt),
});

/**
 * The same commands, telling of each write to a customer that has succeeded. Not of a creation whose answer names no id,
 * which the upstream may leave out: the webhook tells of that.
 */
export function announceWrites(commands: Commands, announce: (write: Write) => void): Commands {
  const { customers, customerAttributes, webhooks } = commands;

  async function told(
    type: 'CREATED' | 'UPDATED',
    writing: Promise<Outcome<WrittenCustomer>>,
  ): Promise<Outcome<WrittenCustomer>> {
    const outcome = await writing;
    const { value } = outcome;
    if (value?.id !== undefined) announce(toWrite(type, value.id, value.known));
    return outcome;
  }

  return {
    customers: {
      create: (input) => told('CREATED', customers.create(input)),
      async findCreated(input, sinceMs) {
        const found = await customers.findCreated(input, sinceMs);
        if (found) await told('CREATED', Promise.resolve({ value: found, userErrors: [] }));
        return found;
      },
      update(id, patch, contractType) {
        const writing = customers.update(id, patch, contractType);
        return Object.keys(given(patch)).length > 0 ? told('UPDATED', writing) : writing;
      },
      contractTypes: (ids) => customers.contractTypes(ids),
      async remove(id) {
        const outcome = await customers.remove(id);
        if (outcome.value) announce({ type: 'DELETED', customerId: id, customerUuid: undefined, updatedAt: undefined });
        return outcome;
      },
    },
    customerAttributes: {
      merge: (id, attributes) => told('UPDATED', customerAttributes.merge(id, attributes)),
      replace: (id, attributes) => told('UPDATED', customerAttributes.replace(id, attributes)),
      remove: (id, key) => told('UPDATED', customerAttributes.remove(id, key)),
    },
    webhooks,
  };
}
