import { Field, ID, InputType } from 'type-graphql';
import { CreateCustomerInput, UpdateCustomerAttributesInput, UpdateCustomerInput } from './customer-write.inputs.js';

/** Inputs that one bulk mutation takes. */
export const MAX_INPUTS = 500;

@InputType({ description: 'Customers to create.' })
export class CreateCustomersInput {
  @Field(() => [CreateCustomerInput], { description: `The new customers, at most ${MAX_INPUTS}.` })
  customers!: CreateCustomerInput[];
}

@InputType({ description: 'Changes to customers.' })
export class UpdateCustomersInput {
  @Field(() => [UpdateCustomerInput], {
    description: `The changes, at most ${MAX_INPUTS}. Changes to the same customer are made in their order.`,
  })
  customers!: UpdateCustomerInput[];
}

@InputType({ description: 'Attributes to add to customers or to overwrite.' })
export class UpdateCustomersAttributesInput {
  @Field(() => [UpdateCustomerAttributesInput], { description: `The customers, at most ${MAX_INPUTS}.` })
  customers!: UpdateCustomerAttributesInput[];
}

@InputType({ description: 'The customers to delete.' })
export class DeleteCustomersInput {
  @Field(() => [ID], { description: `The customers to delete, with all their users and data, at most ${MAX_INPUTS}.` })
  ids!: string[];

  @Field(() => [String], {
    nullable: true,
    description:
      'Idempotency keys, one for each of `ids`, in their order. They go before the header `Idempotency-Key`.',
  })
  idempotencyKeys?: string[];
}
