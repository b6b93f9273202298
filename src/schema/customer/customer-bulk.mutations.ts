import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { badUserInput } from '../../errors/gateway-error.js';
import type { RequestContext } from '../shared/request-context.js';
import {
  CreateCustomersInput,
  DeleteCustomersInput,
  MAX_INPUTS,
  UpdateCustomersAttributesInput,
  UpdateCustomersInput,
} from './customer-bulk.inputs.js';
import { createCustomersPayloadType, DeleteCustomersPayload, type BulkPayload } from './customer-bulk.type.js';

const CreateCustomersPayload = createCustomersPayloadType('CreateCustomersPayload', 'CreateCustomerResult');
const UpdateCustomersPayload = createCustomersPayloadType('UpdateCustomersPayload', 'UpdateCustomerResult');
const UpdateCustomersAttributesPayload = createCustomersPayloadType(
  'UpdateCustomersAttributesPayload',
  'UpdateCustomerAttributesResult',
);

const INPUT = { description: 'Input of the mutation.' };
const SIDE_BY_SIDE = `up to ${MAX_INPUTS} at once, side by side. One that fails stops no other: each input has a result of its own.`;

/** @throws BAD_USER_INPUT if there are too many inputs */
function checkCount(inputs: readonly unknown[], argument: string): void {
  if (inputs.length <= MAX_INPUTS) return;
  throw badUserInput(`${argument} takes at most ${MAX_INPUTS} items, and ${inputs.length} were given.`, argument);
}

@Resolver()
export class CustomerBulkMutations {
  @Mutation(() => CreateCustomersPayload, {
    nullable: true,
    description: `Creates customers with their first admins, ${SIDE_BY_SIDE}`,
  })
  async createCustomers(
    @Arg('input', () => CreateCustomersInput, INPUT) { customers }: CreateCustomersInput,
    @Ctx() { bulk, describeFailure }: RequestContext,
  ): Promise<BulkPayload> {
    checkCount(customers, 'input.customers');
    return CreateCustomersPayload.of(await bulk.create(customers), describeFailure);
  }

  @Mutation(() => UpdateCustomersPayload, {
    nullable: true,
    description: `Changes customers, ${SIDE_BY_SIDE} DRACOON wants the contract type with every change: those left out are read together first.`,
  })
  async updateCustomers(
    @Arg('input', () => UpdateCustomersInput, INPUT) { customers }: UpdateCustomersInput,
    @Ctx() { bulk, describeFailure }: RequestContext,
  ): Promise<BulkPayload> {
    checkCount(customers, 'input.customers');
    return UpdateCustomersPayload.of(await bulk.update(customers), describeFailure);
  }

  @Mutation(() => UpdateCustomersAttributesPayload, {
    nullable: true,
    description: `Adds attributes to customers and overwrites those they have already, ${SIDE_BY_SIDE}`,
  })
  async updateCustomersAttributes(
    @Arg('input', () => UpdateCustomersAttributesInput, INPUT) { customers }: UpdateCustomersAttributesInput,
    @Ctx() { bulk, describeFailure }: RequestContext,
  ): Promise<BulkPayload> {
    checkCount(customers, 'input.customers');
    return UpdateCustomersAttributesPayload.of(await bulk.mergeAttributes(customers), describeFailure);
  }

  @Mutation(() => DeleteCustomersPayload, {
    nullable: true,
    description: `Deletes customers with all their users and data, ${SIDE_BY_SIDE}`,
  })
  async deleteCustomers(
    @Arg('input', () => DeleteCustomersInput, INPUT) { ids, idempotencyKeys }: DeleteCustomersInput,
    @Ctx() { bulk, describeFailure }: RequestContext,
  ): Promise<DeleteCustomersPayload> {
    checkCount(ids, 'input.ids');
    if (idempotencyKeys && idempotencyKeys.length !== ids.length) {
      throw badUserInput('There must be one idempotency key for each id.', 'input.idempotencyKeys');
    }
    return DeleteCustomersPayload.of(await bulk.remove(ids, idempotencyKeys), describeFailure);
  }
}
