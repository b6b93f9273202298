import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime, Long, UUID } from '../shared/scalars.js';
import { CustomerContractType } from './customer-contract-type.enum.js';

@ObjectType({
  simpleResolvers: true,
  description: 'A company that a provider runs DRACOON for, with its contract, its quotas and its users.',
})
export class Customer {
  @Field(() => ID, { description: 'Identifies the customer at its provider; a 64-bit integer in decimal digits.' })
  id!: string;

  @Field(() => UUID, { description: 'Identifies the customer everywhere. Since DRACOON 4.21.0.' })
  customerUuid!: string;

  @Field(() => String, { description: 'Name of the company.' })
  companyName!: string;

  @Field(() => CustomerContractType, { description: 'The kind of contract.' })
  customerContractType!: CustomerContractType;

  @Field(() => String, {
    nullable: true,
    description: 'Code that activates the customer; FREE and DEMO contracts only.',
    deprecationReason: 'Since DRACOON 4.8.0; activation codes are no longer needed, there is no replacement.',
  })
  activationCode!: string | null;

  @Field(() => String, { nullable: true, description: "The provider's own id for the customer." })
  providerCustomerId!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the customer is locked: then none of its users can log in.',
  })
  isLocked!: boolean | null;

  @Field(() => Boolean, {
    description: 'Whether the customer is locked: then none of its users can log in.',
    deprecationReason: 'Since DRACOON 4.7.0; use `isLocked`.',
  })
  lockStatus!: boolean;

  @Field(() => Long, { description: 'Storage that the customer may use, in bytes; -1 is unlimited.' })
  quotaMax!: number | bigint;

  @Field(() => Long, { description: 'Storage that the customer uses, in bytes.' })
  quotaUsed!: number | bigint;

  @Field(() => Int, { description: 'How many users the customer may have.' })
  userMax!: number;

  @Field(() => Int, { description: 'How many users the customer has.' })
  userUsed!: number;

  @Field(() => Int, { description: 'How many of the users are internal ones. Servers before DRACOON 4.42 lack it.' })
  cntInternalUser!: number;

  @Field(() => Int, { description: 'How many of the users are guests. Servers before DRACOON 4.42 lack it.' })
  cntGuestUser!: number;

  @Field(() => Long, { nullable: true, description: 'How many webhooks the customer may have. Since DRACOON 4.19.0.' })
  webhooksMax!: number | bigint | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Days left of the trial; DEMO contracts only. DRACOON itself marks it as not used.',
  })
  trialDaysLeft!: number | null;

  @Field(() => DateTime, { description: 'When the customer was created.' })
  createdAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the customer was last changed.' })
  updatedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When a user of the customer was last seen to log in.' })
  lastLoginAt!: string | null;
}
