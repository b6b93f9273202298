import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Field, ID, Info, ObjectType, type ClassType } from 'type-graphql';
import { WriteRepetition, type Outcome } from '../../commands/outcome.js';
import type { WrittenCustomer } from '../../commands/written-customer.js';
import type { UserError } from '../../errors/user-error.js';
import type { RequestContext } from '../shared/request-context.js';
import { USER_ERRORS, UserErrorType } from '../shared/user-error.type.js';
import { REPETITION } from '../shared/write-result.type.js';
import { readWrittenCustomer } from './customer-payload.js';
import { Customer } from './customer.type.js';

export interface CustomerPayload {
  userErrors: readonly UserError[];
}

/** The payload type `name` of a mutation that answers a customer. */
export function createCustomerPayloadType(
  name: string,
  description: string,
): ClassType & { of(outcome: Outcome<WrittenCustomer>): CustomerPayload } {
  @ObjectType(name, { description })
  class Payload implements CustomerPayload {
    written: WrittenCustomer | null = null;

    @Field(() => [UserErrorType], { simple: true, description: USER_ERRORS })
    userErrors: readonly UserError[] = [];

    @Field(() => WriteRepetition, { simple: true, nullable: true, description: REPETITION })
    repetition: WriteRepetition | null = null;

    @Field(() => Customer, {
      nullable: true,
      description: 'The customer as it is now; null if the mutation was rejected.',
    })
    async customer(@Info() info: GraphQLResolveInfo, @Ctx() { loaders }: RequestContext): Promise<unknown> {
      return this.written && readWrittenCustomer(this.written, info, loaders);
    }

    static of({ value, userErrors, repetition }: Outcome<WrittenCustomer>): CustomerPayload {
      return Object.assign(new Payload(), { written: value, userErrors, repetition: repetition ?? null });
    }
  }
  return Payload;
}

@ObjectType({ simpleResolvers: true, description: 'Result of a deletion.' })
export class DeleteCustomerPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted customer; null if the deletion was rejected.' })
  deletedCustomerId!: string | null;

  @Field(() => [UserErrorType], { description: USER_ERRORS })
  userErrors!: readonly UserError[];
}
