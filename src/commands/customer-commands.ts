import { toUserErrors } from '../errors/to-user-errors.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { UserError } from '../errors/user-error.js';
import { NOT_FOUND, nullIfAbsent, valueOf, type CustomerRecord } from '../loaders/outcomes.js';
import { isFilterable } from '../loaders/customers-by-provider-id.js';
import { toPage } from '../loaders/page.js';
import { firstDayOf } from '../loaders/upstream-traits.js';
import { MAX_PAGE_SIZE } from '../upstream/target.js';
import type { Loaders } from '../loaders/create-loaders.js';
import type { Upstream } from '../upstream/upstream.js';
import type { components } from '../upstream/generated/openapi.js';
import type { Attribute } from './attribute-commands.js';
import { conflictingLocks, forbiddenUserName, given, nullFields, oversizedAttributes } from './input-checks.js';
import { attempt, refused, type Outcome } from './outcome.js';
import { toWrittenCustomer, type WrittenCustomer } from './written-customer.js';

type Schemas = components['schemas'];
export type ContractType = Schemas['Customer']['customerContractType'];

export type NewCustomer = Omit<Schemas['NewCustomerRequest'], 'customerAttributes'> & {
  customerAttributes?: Attribute[];
};
/** A new customer, with the key by which a repetition of its creation is known. */
export type CustomerCreation = NewCustomer & { idempotencyKey?: string | null };
export type CustomerPatch = Partial<Schemas['UpdateCustomerRequest']>;
/** A change, with the key by which a repetition of it is known. */
export type CustomerChange = CustomerPatch & { idempotencyKey?: string | null };

/** Writes to customers. Each is at most one upstream write and makes later reads of the operation see it. */
export interface CustomerCommands {
  create(input: CustomerCreation): Promise<Outcome<WrittenCustomer>>;
  /**
   * The customer that an earlier creation with this input has made since `sinceMs`, in milliseconds of the epoch: null if
   * there is none, undefined if none or several could be meant. It is found by `providerCustomerId` and day of creation.
   */
  findCreated(input: NewCustomer, sinceMs: number): Promise<WrittenCustomer | null | undefined>;
  /**
   * Changes what `patch` holds. The upstream demands the contract type: if the patch lacks it, it is read first, unless
   * `contractType` is what was read just now, null if there is no such customer.
   */
  update(id: string, patch: CustomerChange, contractType?: ContractType | null): Promise<Outcome<WrittenCustomer>>;
  remove(id: string, idempotencyKey?: string): Promise<Outcome<{ id: string }>>;
  /** The contract types of customers as they are now, read in few requests; null of one that is not there. */
  contractTypes(ids: readonly string[]): Promise<ReadonlyMap<string, ContractType | null | Error>>;
}

/** How far the upstream's clock may be behind. */
const CLOCK_SKEW_MS = 5 * 60_000;

const typeOf = ({ customerContractType }: CustomerRecord): ContractType =>
  valueOf(customerContractType) as ContractType;

function customerNotFound(): Outcome<never> {
  const failure = new UpstreamFailure({
    operationId: 'requestCustomer',
    kind: 'status',
    status: 404,
    errorCode: NOT_FOUND.customer,
  });
  return refused(...(toUserErrors(failure, { id: true }) ?? []));
}

/** What can be seen to be wrong with a new customer before it is sent. */
function problemsOf(input: NewCustomer): UserError[] {
  const sent = given(input);
  return [
    ...conflictingLocks(sent),
    ...forbiddenUserName(sent),
    ...oversizedAttributes(sent.customerAttributes ?? [], 'customerAttributes'),
  ];
}

export function createCustomerCommands(upstream: Upstream, loaders: Loaders, hasTime: () => boolean): CustomerCommands {
  return new Customers(upstream, loaders, hasTime);
}

class Customers implements CustomerCommands {
  constructor(
    private readonly upstream: Upstream,
    private readonly loaders: Loaders,
    private readonly hasTime: () => boolean,
  ) {}

  async create(input: CustomerCreation): Promise<Outcome<WrittenCustomer>> {
    const problems = problemsOf(input);
    if (problems.length > 0) return refused(...problems);
    const { customerAttributes, ...rest } = input;
    const body = { ...rest, ...(customerAttributes && { customerAttributes: { items: customerAttributes } }) };
    let created: WrittenCustomer | undefined;
    try {
      return await attempt(input, async () => {
        created = toWrittenCustomer(await this.upstream.customers.create(given(body)));
        return created;
      });
    } finally {
      await this.loaders.customerWritten(created?.id);
    }
  }

  async findCreated({ providerCustomerId }: NewCustomer, sinceMs: number): Promise<WrittenCustomer | null | undefined> {
    if (providerCustomerId == null || providerCustomerId === '') return undefined;
    const earliestMs = sinceMs - CLOCK_SKEW_MS;
    const ofDay = `createdAt:ge:${firstDayOf(earliestMs, this.loaders.dayOffset)}`;
    const filter = isFilterable(providerCustomerId) ? `providerCustomerId:eq:${providerCustomerId}|${ofDay}` : ofDay;
    const window = { offset: 0, limit: MAX_PAGE_SIZE, filter, sort: 'createdAt:desc' };
    const list = await this.upstream.customers.list({ ...window, includeAttributes: false });
    const page = toPage<CustomerRecord>(list, 0);
    const isMeant = (customer: CustomerRecord | Error): boolean =>
      customer instanceof Error ||
      (customer.providerCustomerId === providerCustomerId && Date.parse(String(customer.createdAt)) >= earliestMs);
    const [only, ...others] = page.items.filter(isMeant);
    if (only === undefined) return typeof page.total === 'number' && page.total <= page.items.length ? null : undefined;
    return only instanceof Error || others.length > 0 ? undefined : toWrittenCustomer(only);
  }

  async update(
    id: string,
    patch: CustomerPatch,
    contractType?: ContractType | null,
  ): Promise<Outcome<WrittenCustomer>> {
    const problems = [...nullFields(patch), ...conflictingLocks(given(patch))];
    if (problems.length > 0) return refused(...problems);
    const changes = given(patch);
    if (Object.keys(changes).length === 0) {
      const customer = await this.loaders.customerById.load({ id, attributes: false });
      return customer ? { value: { id, known: { id } }, userErrors: [] } : customerNotFound();
    }
    const customerContractType =
      changes.customerContractType ?? (contractType === undefined ? await this.contractTypeOf(id) : contractType);
    if (customerContractType === null) return customerNotFound();

    try {
      return await attempt({ id, ...patch }, async () =>
        toWrittenCustomer(await this.upstream.customers.update(id, { ...changes, customerContractType }), id),
      );
    } finally {
      await this.loaders.customerWritten(id);
    }
  }

  async remove(id: string): Promise<Outcome<{ id: string }>> {
    try {
      return await attempt({ id }, async () => {
        await this.upstream.customers.remove(id);
        return { id };
      });
    } finally {
      await this.loaders.customerWritten(id);
    }
  }

  async contractTypes(ids: readonly string[]): Promise<ReadonlyMap<string, ContractType | null | Error>> {
    const customers = await this.loaders.readCustomers(this.upstream, ids);
    return new Map(
      [...customers].map(([id, customer]) => {
        if (customer === null || customer instanceof Error) return [id, customer];
        const { customerContractType } = customer;
        return [id, customerContractType as ContractType | Error];
      }),
    );
  }

  /** Read past every cache: a contract type from before a change elsewhere would undo that change. */
  private async contractTypeOf(id: string): Promise<ContractType | null> {
    const read = this.upstream.customers.get(id, { includeAttributes: false });
    const customer = await nullIfAbsent('customer', read).catch((failure: unknown) => {
      throw this.hasTime()
        ? failure
        : new UpstreamFailure({ operationId: 'updateCustomer', kind: 'not-started', cause: failure });
    });
    return customer && typeOf(customer);
  }
}
