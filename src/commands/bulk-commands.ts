import { refusal, UserErrorCode, type UserError } from '../errors/user-error.js';
import { isUpstreamId } from '../upstream/target.js';
import { Turns } from '../upstream/calls/bound-client.js';
import type { Attribute } from './attribute-commands.js';
import type { Commands } from './create-commands.js';
import type { ContractType, CustomerChange, CustomerCreation } from './customer-commands.js';
import { refused, type Outcome } from './outcome.js';
import { toWriteResult, WriteStatus, type WriteResult } from './write-result.js';
import type { WrittenCustomer } from './written-customer.js';

/**
 * Many writes at once. Each input is one write of `Commands`, started in the order of the inputs and side by side with others,
 * except that writes to the same customer follow each other. Results come in the order of the inputs; none is lost
 * because another write fails. Paths of user errors start with `input`, the list and the index.
 */
export interface BulkCommands {
  create(inputs: readonly CustomerCreation[]): Promise<WriteResult<WrittenCustomer>[]>;
  /** Contract types that are needed are read together first. */
  update(inputs: readonly (CustomerChange & { id: string })[]): Promise<WriteResult<WrittenCustomer>[]>;
  mergeAttributes(inputs: readonly AttributeChange[]): Promise<WriteResult<WrittenCustomer>[]>;
  /** `keys` are idempotency keys, one for each id. */
  remove(ids: readonly string[], keys?: readonly string[] | null): Promise<WriteResult<{ id: string }>[]>;
}

interface AttributeChange {
  customerId: string;
  attributes: Attribute[];
  idempotencyKey?: string | null;
}

type Place = (field: readonly string[], index: number) => string[];

const inCustomers: Place = (field, index) => ['input', 'customers', String(index), ...field];
/** The id itself is the input. */
const inIds: Place = (_field, index) => ['input', 'ids', String(index)];

/** The user errors of one input with their paths in the list: `input.companyName` → `input.customers.3.companyName`. */
const located = (userErrors: readonly UserError[], index: number, place: Place): UserError[] =>
  userErrors.map((userError) => ({
    ...userError,
    field: userError.field && place(userError.field.slice(1), index),
  }));

const notAnId = (field: string): Outcome<never> =>
  refused(refusal(UserErrorCode.INVALID_INPUT, 'An id must be a positive 64-bit integer in decimal digits.', [field]));

const keyTwice = (): Outcome<never> =>
  refused(
    refusal(UserErrorCode.INVALID_INPUT, 'An earlier input of the list has the same idempotency key.', [
      'idempotencyKey',
    ]),
  );

/** Runs writes of the same customer one after the other, each in its turn. */
function createSequences(): <T>(id: string, write: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (id, write) => {
    const before = last.get(id);
    const writing = before ? before.then(write, write) : write();
    last.set(
      id,
      writing.catch(() => undefined),
    );
    return writing;
  };
}

export interface BulkOptions {
  /**
   * Begins the writes of a list, and returns the caller's commands for each of its inputs: what they refuse, announce and
   * forget holds for each write. @throws GatewayError if none of them may be made
   */
  begin: (name: string, input: unknown) => Promise<(index: number) => Commands>;
  /** Writes under way at once. */
  concurrency: number;
}

type Patch = CustomerChange & { id: string };

/** Whether the upstream needs to be told the contract type, and the patch lacks it. */
function needsType({ id, customerContractType, idempotencyKey: _key, ...changes }: Patch): boolean {
  const hasChanges = Object.values<unknown>(changes).some((value) => value !== undefined && value !== null);
  return isUpstreamId(id) && !customerContractType && hasChanges;
}

/**
 * The contract types that writes need, by index, read together. Of each customer only its first write gets one, because a
 * later one may follow a write that changes it.
 */
async function neededTypes(
  inputs: readonly Patch[],
  { customers }: Commands,
): Promise<ReadonlyMap<number, ContractType | null | Error>> {
  const firsts = new Map<string, number>();
  for (const [index, { id }] of inputs.entries()) if (!firsts.has(id)) firsts.set(id, index);
  const needing = [...firsts].filter(([, index]) => needsType(inputs[index] as Patch));
  if (needing.length === 0) return new Map();
  const types = await customers.contractTypes(needing.map(([id]) => id));
  return new Map(
    needing.flatMap(([id, index]) => {
      const type = types.get(id);
      return type === undefined ? [] : [[index, type] as const];
    }),
  );
}

type Keys = readonly (string | null | undefined)[];

const keysOf = (inputs: readonly { idempotencyKey?: string | null }[]): Keys =>
  inputs.map(({ idempotencyKey }) => idempotencyKey);

/** The indexes of inputs whose idempotency key an earlier one has. */
function repeatedKeys(keys: Keys): ReadonlySet<number> {
  const seen = new Set<string>();
  const repeated = keys.flatMap((key, index) => {
    if (!key) return [];
    if (seen.has(key)) return [index];
    seen.add(key);
    return [];
  });
  return new Set(repeated);
}

export function createBulkCommands(options: BulkOptions): BulkCommands {
  return new Bulk(options);
}

class Bulk implements BulkCommands {
  constructor(private readonly options: BulkOptions) {}

  async create(inputs: readonly CustomerCreation[]): Promise<WriteResult<WrittenCustomer>[]> {
    const commandsOf = await this.options.begin('createCustomers', inputs);
    return this.writeEach(inputs, keysOf(inputs), inCustomers, (input, index) =>
      commandsOf(index).customers.create(input),
    );
  }

  async update(inputs: readonly Patch[]): Promise<WriteResult<WrittenCustomer>[]> {
    const commandsOf = await this.options.begin('updateCustomers', inputs);
    const types = await neededTypes(inputs, commandsOf(0));
    const inSequence = createSequences();
    const results = await this.writeEach(inputs, keysOf(inputs), inCustomers, ({ id, ...patch }, index) => {
      const type = types.get(index);
      if (!isUpstreamId(id)) return Promise.resolve(notAnId('id'));
      if (type instanceof Error) return Promise.reject(type);
      return inSequence(id, () => commandsOf(index).customers.update(id, patch, type));
    });
    // A write that lacks what had to be read before was not sent, whatever the read failed of.
    return results.map((result, index) =>
      types.get(index) instanceof Error ? { ...result, status: WriteStatus.NOT_ATTEMPTED } : result,
    );
  }

  async mergeAttributes(inputs: readonly AttributeChange[]): Promise<WriteResult<WrittenCustomer>[]> {
    const commandsOf = await this.options.begin('updateCustomersAttributes', inputs);
    const inSequence = createSequences();
    return this.writeEach(inputs, keysOf(inputs), inCustomers, ({ customerId, attributes, idempotencyKey }, index) =>
      isUpstreamId(customerId)
        ? inSequence(customerId, () =>
            commandsOf(index).customerAttributes.merge(customerId, attributes, idempotencyKey),
          )
        : Promise.resolve(notAnId('customerId')),
    );
  }

  async remove(ids: readonly string[], keys?: readonly string[] | null): Promise<WriteResult<{ id: string }>[]> {
    const commandsOf = await this.options.begin('deleteCustomers', ids);
    const inSequence = createSequences();
    return this.writeEach(ids, keys ?? [], inIds, (id, index) =>
      isUpstreamId(id)
        ? inSequence(id, () => commandsOf(index).customers.remove(id, keys?.[index]))
        : Promise.resolve(notAnId('id')),
    );
  }

  private writeEach<I, T>(
    inputs: readonly I[],
    keys: Keys,
    place: Place,
    write: (input: I, index: number) => Promise<Outcome<T>>,
  ): Promise<WriteResult<T>[]> {
    const turns = new Turns(this.options.concurrency);
    const repeated = repeatedKeys(keys);
    const run = (input: I, index: number) => (repeated.has(index) ? Promise.resolve(keyTwice()) : write(input, index));
    return Promise.all(
      inputs.map(async (input, index) => {
        const result = await turns.take(() => toWriteResult(() => run(input, index)));
        return { ...result, userErrors: located(result.userErrors, index, place) };
      }),
    );
  }
}
