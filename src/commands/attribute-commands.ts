import { refusal, UserErrorCode } from '../errors/user-error.js';
import type { Loaders } from '../loaders/create-loaders.js';
import type { Answer } from '../upstream/answer.js';
import type { Upstream } from '../upstream/upstream.js';
import type { components } from '../upstream/generated/openapi.js';
import { isAttributeKey } from '../upstream/path-params.js';
import { attempt, refused, type Outcome } from './outcome.js';
import { toWrittenCustomer, type WrittenCustomer } from './written-customer.js';

export type Attribute = components['schemas']['KeyValueEntry'];

/** Writes to a customer's attributes. */
export interface AttributeCommands {
  /** Adds new keys and overwrites existing ones. */
  merge(customerId: string, attributes: Attribute[]): Promise<Outcome<WrittenCustomer>>;
  /** Replaces all attributes. */
  replace(customerId: string, attributes: Attribute[]): Promise<Outcome<WrittenCustomer>>;
  remove(customerId: string, key: string): Promise<Outcome<WrittenCustomer>>;
}

export function createAttributeCommands(upstream: Upstream, loaders: Loaders): AttributeCommands {
  async function write(
    customerId: string,
    input: object,
    send: () => Promise<Answer | undefined>,
  ): Promise<Outcome<WrittenCustomer>> {
    try {
      return await attempt({ customerId, ...input }, async () => toWrittenCustomer(await send(), customerId));
    } finally {
      await loaders.customerWritten(customerId);
    }
  }

  return {
    merge: (customerId, attributes) =>
      write(customerId, { attributes }, () => upstream.customerAttributes.merge(customerId, { items: attributes })),
    replace: (customerId, attributes) =>
      write(customerId, { attributes }, () => upstream.customerAttributes.replace(customerId, { items: attributes })),
    async remove(customerId, key) {
      if (!isAttributeKey(key)) {
        const message = 'Attribute keys take letters, digits, _ and - only.';
        return refused(refusal(UserErrorCode.INVALID_CHARACTERS, message, ['key']));
      }
      return write(customerId, { key }, async () => {
        await upstream.customerAttributes.remove(customerId, key);
        return undefined;
      });
    },
  };
}
