import { refusal, UserErrorCode, type UserError } from '../errors/user-error.js';
import type { Loaders } from '../loaders/create-loaders.js';
import type { Answer } from '../records/answer.js';
import type { Upstream } from '../upstream/upstream.js';
import type { components } from '../upstream/generated/openapi.js';
import { isAttributeKey } from '../upstream/target.js';
import { oversizedAttributes, MAX_KEY_LENGTH } from './input-checks.js';
import { attempt, refused, type Outcome } from './outcome.js';
import { toWrittenCustomer, type WrittenCustomer } from './written-customer.js';

export type Attribute = components['schemas']['KeyValueEntry'];

/** Writes to a customer's attributes. */
export interface AttributeCommands {
  /** Adds new keys and overwrites existing ones. */
  merge(customerId: string, attributes: Attribute[], idempotencyKey?: string | null): Promise<Outcome<WrittenCustomer>>;
  /** Replaces all attributes. */
  replace(customerId: string, attributes: Attribute[]): Promise<Outcome<WrittenCustomer>>;
  remove(customerId: string, key: string): Promise<Outcome<WrittenCustomer>>;
}

/** What is wrong with a key, by the upstream's rules for keys; undefined if nothing is. */
function problemOfKey(key: string): UserError | undefined {
  if (!isAttributeKey(key)) {
    const message = 'Attribute keys take letters, digits, _ and - only.';
    return refusal(UserErrorCode.INVALID_CHARACTERS, message, ['key']);
  }
  if (key.length > MAX_KEY_LENGTH) {
    const message = `An attribute key has at most ${MAX_KEY_LENGTH} characters, and this one has ${key.length}.`;
    return refusal(UserErrorCode.TOO_LONG, message, ['key']);
  }
  return undefined;
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

  async function writeAll(
    customerId: string,
    attributes: Attribute[],
    send: () => Promise<Answer | undefined>,
  ): Promise<Outcome<WrittenCustomer>> {
    const problems = oversizedAttributes(attributes, 'attributes');
    return problems.length > 0 ? refused(...problems) : write(customerId, { attributes }, send);
  }

  return {
    merge: (customerId, attributes) =>
      writeAll(customerId, attributes, () => upstream.customerAttributes.merge(customerId, { items: attributes })),
    replace: (customerId, attributes) =>
      writeAll(customerId, attributes, () => upstream.customerAttributes.replace(customerId, { items: attributes })),
    async remove(customerId, key) {
      const problem = problemOfKey(key);
      if (problem) return refused(problem);
      return write(customerId, { key }, async () => {
        await upstream.customerAttributes.remove(customerId, key);
        return undefined;
      });
    },
  };
}
