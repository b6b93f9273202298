import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Field, ID, Info, ObjectType, type ClassType } from 'type-graphql';
import { WriteRepetition } from '../../commands/outcome.js';
import { WriteStatus, type WriteResult } from '../../commands/write-result.js';
import type { WrittenCustomer } from '../../commands/written-customer.js';
import type { UserError } from '../../errors/user-error.js';
import type { RequestContext } from '../shared/request-context.js';
import { UserErrorType } from '../shared/user-error.type.js';
import { REPETITION, toWriteError, WriteError } from '../shared/write-result.type.js';
import { readWrittenCustomer } from './customer-payload.js';
import { Customer } from './customer.type.js';

const STATUS = 'How it ended.';
const USER_ERRORS = 'What the caller has to put right; empty unless the status is REJECTED.';
const ERROR = 'Why it was not done, or may not have been; null if the status is DONE or REJECTED.';
const RESULTS = 'One result for each input, in the order of the inputs.';

export interface BulkPayload {
  results: readonly object[];
}

type Describe = RequestContext['describeFailure'];

const partsOf = ({ status, userErrors, error, repetition }: WriteResult<unknown>, describe: Describe) => ({
  status,
  userErrors,
  repetition: repetition ?? null,
  error: error === undefined ? null : toWriteError(describe(error)),
});

/** The payload type of a bulk mutation that returns customers, with the type of its results. */
export function createCustomersPayloadType(
  name: string,
  resultName: string,
): ClassType & { of(results: readonly WriteResult<WrittenCustomer>[], describe: Describe): BulkPayload } {
  @ObjectType(resultName, { description: 'How one input of the mutation ended.' })
  class Result {
    written: WrittenCustomer | null = null;

    @Field(() => WriteStatus, { simple: true, description: STATUS })
    status!: WriteStatus;

    @Field(() => [UserErrorType], { simple: true, description: USER_ERRORS })
    userErrors: readonly UserError[] = [];

    @Field(() => WriteError, { simple: true, nullable: true, description: ERROR })
    error!: WriteError | null;

    @Field(() => WriteRepetition, { simple: true, nullable: true, description: REPETITION })
    repetition!: WriteRepetition | null;

    @Field(() => Customer, {
      nullable: true,
      description: 'The customer as it is now; null unless the status is DONE.',
    })
    async customer(@Info() info: GraphQLResolveInfo, @Ctx() { loaders }: RequestContext): Promise<unknown> {
      return this.written && readWrittenCustomer(this.written, info, loaders);
    }
  }

  @ObjectType(name, { simpleResolvers: true, description: 'How the inputs of the mutation ended.' })
  class Payload implements BulkPayload {
    @Field(() => [Result], { description: RESULTS })
    results!: readonly object[];

    static of(results: readonly WriteResult<WrittenCustomer>[], describe: Describe): BulkPayload {
      return {
        results: results.map((result) =>
          Object.assign(new Result(), { written: result.value, ...partsOf(result, describe) }),
        ),
      };
    }
  }
  return Payload;
}

@ObjectType({ simpleResolvers: true, description: 'How one deletion ended.' })
export class DeleteCustomerResult {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted customer; null unless the status is DONE.' })
  deletedCustomerId!: string | null;

  @Field(() => WriteStatus, { description: STATUS })
  status!: WriteStatus;

  @Field(() => [UserErrorType], { description: USER_ERRORS })
  userErrors!: readonly UserError[];

  @Field(() => WriteError, { nullable: true, description: ERROR })
  error!: WriteError | null;

  @Field(() => WriteRepetition, { nullable: true, description: REPETITION })
  repetition!: WriteRepetition | null;
}

@ObjectType({ simpleResolvers: true, description: 'How the deletions ended.' })
export class DeleteCustomersPayload {
  @Field(() => [DeleteCustomerResult], { description: RESULTS })
  results!: DeleteCustomerResult[];

  static of(results: readonly WriteResult<{ id: string }>[], describe: Describe): DeleteCustomersPayload {
    return {
      results: results.map((result) => ({ deletedCustomerId: result.value?.id ?? null, ...partsOf(result, describe) })),
    };
  }
}
