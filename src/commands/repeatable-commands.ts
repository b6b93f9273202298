import { UserErrorCode } from '../errors/user-error.js';
import type { Loaders } from '../loaders/create-loaders.js';
import type { WebhookRecord } from '../loaders/webhook-by-id.js';
import type { Commands } from './create-commands.js';
import { WriteRepetition, type Outcome } from './outcome.js';
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
  const webhook = {
    keep: ({ id }: WebhookRecord): KeptValue => (typeof id === 'string' ? { id } : {}),
    async revive({ id = '' }: KeptValue): Promise<WebhookRecord | null> {
      return webhookById.load(id);
    },
  };
  const ofWebhook = (
    name: string,
    input: unknown,
    write: () => Promise<Outcome<WebhookRecord>>,
    find?: RepeatableWrite<WebhookRecord>['find'],
  ): Promise<Outcome<WebhookRecord>> =>
    run<WebhookRecord>({
      name,
      input,
      write,
      keep: webhook.keep,
      // Null if it has been deleted since.
      revive: webhook.revive as (kept: KeptValue) => Promise<WebhookRecord>,
      ...(find && { find }),
    });

  return {
    customers: {
      ...customers,
      create({ idempotencyKey, ...input }) {
        const write = (): Promise<Outcome<WrittenCustomer>> => customers.create(input);
        const find: RepeatableWrite<WrittenCustomer>['find'] = async (sinceMs) => {
          const found = await customers.findCreated(input, sinceMs);
          return found && { value: found, userErrors: [] };
        };
        return run({ ...CUSTOMER, name: 'createCustomer', input, ownKey: idempotencyKey, write, find });
      },
      update: (id, patch, contractType) =>
        run({
          ...CUSTOMER,
          name: 'updateCustomer',
          input: { id, ...patch },
          write: () => customers.update(id, patch, contractType),
        }),
      remove(id) {
        const write = (): Promise<Outcome<{ id: string }>> => customers.remove(id);
        return run({ ...ID, name: 'deleteCustomer', input: id, write, find: removal(write, { id }) });
      },
    },
    customerAttributes: {
      merge: (id, attributes) =>
        run({
          ...CUSTOMER,
          name: 'updateCustomerAttributes',
          input: { id, attributes },
          write: () => customerAttributes.merge(id, attributes),
        }),
      replace: (id, attributes) =>
        run({
          ...CUSTOMER,
          name: 'setCustomerAttributes',
          input: { id, attributes },
          write: () => customerAttributes.replace(id, attributes),
        }),
      remove(id, key) {
        const write = (): Promise<Outcome<WrittenCustomer>> => customerAttributes.remove(id, key);
        const find = removal<WrittenCustomer>(write, { id, known: { id } });
        return run({ ...CUSTOMER, name: 'removeCustomerAttribute', input: { id, key }, write, find });
      },
    },
    webhooks: {
      // Nothing tells a webhook that was created from one that was there before.
      create: (input) =>
        ofWebhook(
          'createWebhook',
          input,
          () => webhooks.create(input),
          async () => undefined,
        ),
      update: (id, patch) => ofWebhook('updateWebhook', { id, ...patch }, () => webhooks.update(id, patch)),
      resetLifetime: (id) => ofWebhook('resetWebhookLifetime', id, () => webhooks.resetLifetime(id)),
      remove(id) {
        const write = (): Promise<Outcome<{ id: string }>> => webhooks.remove(id);
        return run({ ...ID, name: 'deleteWebhook', input: id, write, find: removal(write, { id }) });
      },
    },
  };
}
