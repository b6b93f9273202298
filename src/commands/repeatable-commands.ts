import { UserErrorCode } from '../errors/user-error.js';
import type { Loaders } from '../loaders/create-loaders.js';
import type { WebhookRecord } from '../loaders/webhook-by-id.js';
import type { AttributeCommands } from './attribute-commands.js';
import type { Commands } from './create-commands.js';
import type { CustomerCommands } from './customer-commands.js';
import { WriteRepetition, type Outcome } from './outcome.js';
import type { WebhookCommands } from './webhook-commands.js';
import type { KeptValue, RepeatableWrite } from './write-once.js';
import type { WrittenCustomer } from './written-customer.js';

type RunWrite = <T>(write: RepeatableWrite<T>) => Promise<Outcome<T>>;

const CUSTOMER = {
  keep: ({ id, known: { customerUuid } }: WrittenCustomer): KeptValue => ({
    ...(id !== undefined && { id }),
    ...(typeof customerUuid === 'string' && { uuid: customerUuid }),
  }),
  async revive({ id, uuid }: KeptValue): Promise<WrittenCustomer> {
    return { id, known: { ...(id !== undefined && { id }), ...(uuid !== undefined && { customerUuid: uuid }) } };
  },
};

const ID = {
  keep: ({ id }: { id: string }): KeptValue => ({ id }),
  revive: async ({ id = '' }: KeptValue): Promise<{ id: string }> => ({ id }),
};

/** What a removal is answered with if what it removes is gone, as it is after one whose outcome was unknown. */
const GONE: ReadonlySet<UserErrorCode> = new Set([
  UserErrorCode.CUSTOMER_NOT_FOUND,
  UserErrorCode.ATTRIBUTE_NOT_FOUND,
  UserErrorCode.WEBHOOK_NOT_FOUND,
]);

/** Removes again: that the thing is gone is what the first attempt was to bring about. */
const removal =
  <T>(remove: () => Promise<Outcome<T>>, removed: T): NonNullable<RepeatableWrite<T>['find']> =>
  async () => {
    const outcome = await remove();
    const isGone = outcome.userErrors.length > 0 && outcome.userErrors.every(({ code }) => GONE.has(code));
    return isGone ? { value: removed, userErrors: [] } : { ...outcome, repetition: WriteRepetition.WRITTEN_AGAIN };
  };

/** The same commands, each run by `run`, which knows whether it is a repetition. */
export function createRepeatableCommands(
  { customers, customerAttributes, webhooks }: Commands,
  { webhookById }: Pick<Loaders, 'webhookById'>,
  run: RunWrite,
): Commands {
  return {
    customers: repeatableCustomers(customers, run),
    customerAttributes: repeatableAttributes(customerAttributes, run),
    webhooks: repeatableWebhooks(webhooks, webhookById, run),
  };
}

function repeatableCustomers(customers: CustomerCommands, run: RunWrite): CustomerCommands {
  return {
    create({ idempotencyKey, ...input }) {
      const write = (): Promise<Outcome<WrittenCustomer>> => customers.create(input);
      const find: RepeatableWrite<WrittenCustomer>['find'] = async (sinceMs) => {
        const found = await customers.findCreated(input, sinceMs);
        return found && { value: found, userErrors: [] };
      };
      return run({ ...CUSTOMER, name: 'createCustomer', input, ownKey: idempotencyKey, write, find });
    },
    findCreated: (input, sinceMs) => customers.findCreated(input, sinceMs),
    update: (id, { idempotencyKey, ...patch }, contractType) =>
      run({
        ...CUSTOMER,
        name: 'updateCustomer',
        input: { id, ...patch },
        ownKey: idempotencyKey,
        write: () => customers.update(id, patch, contractType),
      }),
    remove(id, ownKey) {
      const write = (): Promise<Outcome<{ id: string }>> => customers.remove(id);
      return run({ ...ID, name: 'deleteCustomer', input: id, ownKey, write, find: removal(write, { id }) });
    },
    contractTypes: (ids) => customers.contractTypes(ids),
  };
}

function repeatableAttributes(attributes: AttributeCommands, run: RunWrite): AttributeCommands {
  return {
    merge: (id, entries, ownKey) =>
      run({
        ...CUSTOMER,
        name: 'updateCustomerAttributes',
        input: { id, attributes: entries },
        ownKey,
        write: () => attributes.merge(id, entries),
      }),
    replace: (id, entries) =>
      run({
        ...CUSTOMER,
        name: 'setCustomerAttributes',
        input: { id, attributes: entries },
        write: () => attributes.replace(id, entries),
      }),
    remove(id, key) {
      const write = (): Promise<Outcome<WrittenCustomer>> => attributes.remove(id, key);
      const find = removal<WrittenCustomer>(write, { id, known: { id } });
      return run({ ...CUSTOMER, name: 'removeCustomerAttribute', input: { id, key }, write, find });
    },
  };
}

function repeatableWebhooks(
  webhooks: WebhookCommands,
  webhookById: Loaders['webhookById'],
  run: RunWrite,
): WebhookCommands {
  const webhook = {
    keep: ({ id }: WebhookRecord): KeptValue => (typeof id === 'string' ? { id } : {}),
    // Null if it has been deleted since.
    revive: ({ id = '' }: KeptValue): Promise<WebhookRecord> => webhookById.load(id) as Promise<WebhookRecord>,
  };
  return {
    create: (input) =>
      run({
        ...webhook,
        name: 'createWebhook',
        input,
        write: () => webhooks.create(input),
        // Nothing tells a webhook that was created from one that was there before.
        find: async () => undefined,
      }),
    update: (id, patch) =>
      run({
        ...webhook,
        name: 'updateWebhook',
        input: { id, ...patch },
        write: () => webhooks.update(id, patch),
      }),
    resetLifetime: (id) =>
      run({ ...webhook, name: 'resetWebhookLifetime', input: id, write: () => webhooks.resetLifetime(id) }),
    remove(id) {
      const write = (): Promise<Outcome<{ id: string }>> => webhooks.remove(id);
      return run({ ...ID, name: 'deleteWebhook', input: id, write, find: removal(write, { id }) });
    },
  };
}
