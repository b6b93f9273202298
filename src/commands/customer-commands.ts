import { toUserErrors } from '../errors/to-user-errors.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import { NOT_FOUND, nullIfAbsent } from '../loaders/absent.js';
import { valueOf } from '../loaders/customer-record.js';
import type { Loaders } from '../loaders/create-loaders.js';
import type { Upstream } from '../upstream/upstream.js';
import type { components } from '../upstream/generated/openapi.js';
import type { Attribute } from './attribute-commands.js';
import { conflictingLocks, given, nullFields } from './input-checks.js';
import { attempt, refused, type Outcome } from './outcome.js';
import { toWrittenCustomer, type WrittenCustomer } from './written-customer.js';

type Schemas = components['schemas'];
type ContractType = Schemas['Customer']['customerContractType'];

export type NewCustomer = Omit<Schemas['NewCustomerRequest'], 'customerAttributes'> & {
  customerAttributes?: Attribute[];
};
export type CustomerPatch = Partial<Schemas['UpdateCustomerRequest']>;

/** Writes to customers. Each is at most one upstream write and makes later reads of the operation see it. */
export interface CustomerCommands {
  create(input: NewCustomer): Promise<Outcome<WrittenCustomer>>;
  /** Changes what `patch` holds. Reads the contract type first where the patch lacks it, as the upstream demands it. */
  update(id: string, patch: CustomerPatch): Promise<Outcome<WrittenCustomer>>;
  remove(id: string): Promise<Outcome<{ id: string }>>;
}

function customerNotFound(): Outcome<never> {
  const failure = new UpstreamFailure({
    operationId: 'requestCustomer',
    kind: 'status',
    status: 404,
    errorCode: NOT_FOUND.customer,
  });
  return refused(...(toUserErrors(failure, { id: true }) ?? []));
}

export function createCustomerCommands(upstream: Upstream, loaders: Loaders): CustomerCommands {
  /** Read past every cache: a contract type from before a change elsewhere would undo that change. */
  async function contractTypeOf(id: string): Promise<ContractType | null> {
    const customer = await nullIfAbsent('customer', upstream.customers.get(id, { includeAttributes: false }));
    return customer && (valueOf(customer.customerContractType) as ContractType);
  }

  return {
    async create(input) {
      const conflicts = conflictingLocks(given(input));
      if (conflicts.length > 0) return refused(...conflicts);
      const { customerAttributes, ...rest } = input;
      const body = { ...rest, ...(customerAttributes && { customerAttributes: { items: customerAttributes } }) };
      let created: WrittenCustomer | undefined;
      try {
        return await attempt(input, async () => {
          created = toWrittenCustomer(await upstream.customers.create(given(body)));
          return created;
        });
      } finally {
        await loaders.customerWritten(created?.id);
      }
    },

    async update(id, patch) {
      const problems = [...nullFields(patch), ...conflictingLocks(given(patch))];
      if (problems.length > 0) return refused(...problems);
      const changes = given(patch);
      if (Object.keys(changes).length === 0) {
        const customer = await loaders.customerById.load({ id, attributes: false });
        return customer ? { value: { id, known: { id } }, userErrors: [] } : customerNotFound();
      }
      const customerContractType = changes.customerContractType ?? (await contractTypeOf(id));
      if (customerContractType === null) return customerNotFound();

      try {
        return await attempt({ id, ...patch }, async () =>
          toWrittenCustomer(await upstream.customers.update(id, { ...changes, customerContractType }), id),
        );
      } finally {
        await loaders.customerWritten(id);
      }
    },

    async remove(id) {
      try {
        return await attempt({ id }, async () => {
          await upstream.customers.remove(id);
          return { id };
        });
      } finally {
        await loaders.customerWritten(id);
      }
    },
  };
}
