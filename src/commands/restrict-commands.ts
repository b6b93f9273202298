import { GatewayError } from '../errors/gateway-error.js';
import type { Commands } from './create-commands.js';

async function refuse(message: string): Promise<never> {
  throw new GatewayError('FORBIDDEN', message);
}

const refuseCreation = (): Promise<never> => refuse('Callers limited to certain customers may not create customers.');
const refuseWebhooks = (): Promise<never> => refuse('Callers limited to certain customers have no access to webhooks.');

/**
 * The commands of a caller who is limited to the customers `allowed`: writes to any other, whether it exists or not, are
 * FORBIDDEN before anything is sent or read. Each command is named here, so that a new one does not compile until it is
 * decided who may give it.
 */
export function restrictCommands({ customers, customerAttributes }: Commands, allowed: ReadonlySet<string>): Commands {
  const within = async <T>(id: string, write: () => Promise<T>): Promise<T> =>
    allowed.has(id) ? write() : refuse('This caller may not write to this customer.');

  return {
    customers: {
      create: refuseCreation,
      findCreated: refuseCreation,
      update: (id, patch, contractType) => within(id, () => customers.update(id, patch, contractType)),
      remove: (id) => within(id, () => customers.remove(id)),
      contractTypes: (ids) => customers.contractTypes(ids.filter((id) => allowed.has(id))),
    },
    customerAttributes: {
      merge: (id, attributes) => within(id, () => customerAttributes.merge(id, attributes)),
      replace: (id, attributes) => within(id, () => customerAttributes.replace(id, attributes)),
      remove: (id, key) => within(id, () => customerAttributes.remove(id, key)),
    },
    webhooks: {
      create: refuseWebhooks,
      update: refuseWebhooks,
      remove: refuseWebhooks,
      resetLifetime: refuseWebhooks,
    },
  };
}
