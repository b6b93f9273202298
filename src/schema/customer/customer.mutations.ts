import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { toUpstreamId } from '../../upstream/target.js';
import type { RequestContext } from '../shared/request-context.js';
import { createCustomerPayloadType, DeleteCustomerPayload, type CustomerPayload } from './customer-payload.type.js';
import {
  CreateCustomerInput,
  DeleteCustomerInput,
  RemoveCustomerAttributeInput,
  SetCustomerAttributesInput,
  UpdateCustomerAttributesInput,
  UpdateCustomerInput,
} from './customer-write.inputs.js';

const CreateCustomerPayload = createCustomerPayloadType('CreateCustomerPayload', 'Result of a creation.');
const UpdateCustomerPayload = createCustomerPayloadType('UpdateCustomerPayload', 'Result of a change.');
const UpdateCustomerAttributesPayload = createCustomerPayloadType(
  'UpdateCustomerAttributesPayload',
  'Result of a change of attributes.',
);
const SetCustomerAttributesPayload = createCustomerPayloadType(
  'SetCustomerAttributesPayload',
  'Result of a change of attributes.',
);
const RemoveCustomerAttributePayload = createCustomerPayloadType(
  'RemoveCustomerAttributePayload',
  'Result of a removal.',
);

const INPUT = { description: 'Input of the mutation.' };

@Resolver()
export class CustomerMutations {
  @Mutation(() => CreateCustomerPayload, {
    nullable: true,
    description:
      'Creates a customer with its first admin. Never repeated by the gateway: sending it twice creates two, unless both have the same `idempotencyKey`.',
  })
  async createCustomer(
    @Arg('input', () => CreateCustomerInput, INPUT) input: CreateCustomerInput,
    @Ctx() { commands }: RequestContext,
  ): Promise<CustomerPayload> {
    return CreateCustomerPayload.of(await commands.customers.create(input));
  }

  @Mutation(() => UpdateCustomerPayload, {
    nullable: true,
    description: 'Changes a customer. Omitted fields keep their value.',
  })
  async updateCustomer(
    @Arg('input', () => UpdateCustomerInput, INPUT) { id, ...patch }: UpdateCustomerInput,
    @Ctx() { commands }: RequestContext,
  ): Promise<CustomerPayload> {
    return UpdateCustomerPayload.of(await commands.customers.update(toUpstreamId(id, 'input.id'), patch));
  }

  @Mutation(() => DeleteCustomerPayload, {
    nullable: true,
    description: 'Deletes a customer with all its users and data.',
  })
  async deleteCustomer(
    @Arg('input', () => DeleteCustomerInput, INPUT) { id }: DeleteCustomerInput,
    @Ctx() { commands }: RequestContext,
  ): Promise<DeleteCustomerPayload> {
    const { value, userErrors } = await commands.customers.remove(toUpstreamId(id, 'input.id'));
    return { deletedCustomerId: value?.id ?? null, userErrors };
  }

  @Mutation(() => UpdateCustomerAttributesPayload, {
    nullable: true,
    description: 'Adds attributes to a customer and overwrites those it has already; others stay as they are.',
  })
  async updateCustomerAttributes(
    @Arg('input', () => UpdateCustomerAttributesInput, INPUT) input: UpdateCustomerAttributesInput,
    @Ctx() { commands }: RequestContext,
  ): Promise<CustomerPayload> {
    const id = toUpstreamId(input.customerId, 'input.customerId');
    return UpdateCustomerAttributesPayload.of(
      await commands.customerAttributes.merge(id, input.attributes, input.idempotencyKey),
    );
  }

  @Mutation(() => SetCustomerAttributesPayload, {
    nullable: true,
    description: 'Replaces all attributes of a customer.',
    deprecationReason: 'Since DRACOON 4.28.0; use `updateCustomerAttributes` and `removeCustomerAttribute`.',
  })
  async setCustomerAttributes(
    @Arg('input', () => SetCustomerAttributesInput, INPUT) input: SetCustomerAttributesInput,
    @Ctx() { commands }: RequestContext,
  ): Promise<CustomerPayload> {
    const id = toUpstreamId(input.customerId, 'input.customerId');
    return SetCustomerAttributesPayload.of(await commands.customerAttributes.replace(id, input.attributes));
  }

  @Mutation(() => RemoveCustomerAttributePayload, {
    nullable: true,
    description: 'Removes one attribute from a customer.',
  })
  async removeCustomerAttribute(
    @Arg('input', () => RemoveCustomerAttributeInput, INPUT) input: RemoveCustomerAttributeInput,
    @Ctx() { commands }: RequestContext,
  ): Promise<CustomerPayload> {
    const id = toUpstreamId(input.customerId, 'input.customerId');
    return RemoveCustomerAttributePayload.of(await commands.customerAttributes.remove(id, input.key));
  }
}
