import { Field, ObjectType } from 'type-graphql';
import { Customer } from './customer.type.js';

@ObjectType({ simpleResolvers: true, description: "The customers that have one of the provider's own ids." })
export class CustomerMatches {
  @Field(() => String, { description: 'The requested id.' })
  providerCustomerId!: string;

  @Field(() => [Customer], {
    nullable: 'items',
    description:
      'The customers with exactly this id, mostly one; empty if there is none. One that could not be read is null, with an error at its path.',
  })
  customers!: readonly object[];
}
