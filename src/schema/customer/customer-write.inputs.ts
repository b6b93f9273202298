import { Field, ID, InputType, Int } from 'type-graphql';
import { KeyValueEntryInput } from '../shared/key-value.type.js';
import { Long } from '../shared/scalars.js';
import { CustomerContractType } from './customer-contract-type.enum.js';
import { FirstAdminUserInput } from './first-admin-user.inputs.js';

const IDEMPOTENCY_KEY = {
  nullable: true,
  description:
    'A key of your own choice, 1 to 255 characters, by which the gateway knows a repetition: the same key with the same input gives the first result again for 24 hours. It goes before the header `Idempotency-Key`.',
} as const;
const LOCK_STATUS = 'Since DRACOON 4.7.0; use `isLocked`.';

@InputType({ description: 'A new customer.' })
export class CreateCustomerInput {
  @Field(() => CustomerContractType, { description: 'The kind of contract.' })
  customerContractType!: CustomerContractType;

  @Field(() => Long, { description: 'Storage quota in bytes: at least 1048576 (1 MiB), or -1 for unlimited.' })
  quotaMax!: number | bigint;

  @Field(() => Int, { description: 'How many users the customer may have.' })
  userMax!: number;

  @Field(() => FirstAdminUserInput, { description: 'The first user, who administers the customer.' })
  firstAdminUser!: FirstAdminUserInput;

  @Field(() => String, {
    nullable: true,
    description: "Name of the company. If omitted, the first admin's initial and last name, such as J.Doe.",
  })
  companyName?: string;

  @Field(() => String, { nullable: true, description: "The provider's own id for the customer." })
  providerCustomerId?: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether the customer is locked from the start.' })
  isLocked?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the customer is locked from the start.',
    deprecationReason: LOCK_STATUS,
  })
  lockStatus?: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Days of trial; DEMO contracts only. DRACOON itself marks it as not used.',
  })
  trialDays?: number;

  @Field(() => Long, { nullable: true, description: 'How many webhooks the customer may have. Since DRACOON 4.19.0.' })
  webhooksMax?: number | bigint;

  @Field(() => String, {
    nullable: true,
    description: 'Code that activates the customer; FREE and DEMO contracts only.',
    deprecationReason: 'Since DRACOON 4.8.0; activation codes are no longer needed, there is no replacement.',
  })
  activationCode?: string;

  @Field(() => [KeyValueEntryInput], { nullable: true, description: 'Attributes to start with.' })
  customerAttributes?: KeyValueEntryInput[];

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string;
}

@InputType({ description: 'Changes to a customer. Omitted fields keep their value.' })
export class UpdateCustomerInput {
  @Field(() => ID, { description: 'The customer to change.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name of the company.' })
  companyName?: string;

  @Field(() => CustomerContractType, {
    nullable: true,
    description:
      'The kind of contract. DRACOON wants it with every change: if it is left out, the customer is read before it is changed. Passing it saves that request.',
  })
  customerContractType?: CustomerContractType;

  @Field(() => String, { nullable: true, description: "The provider's own id for the customer." })
  providerCustomerId?: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether the customer is locked: then no user can log in.' })
  isLocked?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the customer is locked: then no user can log in.',
    deprecationReason: LOCK_STATUS,
  })
  lockStatus?: boolean;

  @Field(() => Long, {
    nullable: true,
    description: 'Storage quota in bytes: at least 1048576 (1 MiB), or -1 for unlimited.',
  })
  quotaMax?: number | bigint;

  @Field(() => Int, { nullable: true, description: 'How many users the customer may have.' })
  userMax?: number;

  @Field(() => Long, { nullable: true, description: 'How many webhooks the customer may have. Since DRACOON 4.19.0.' })
  webhooksMax?: number | bigint;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string;
}

@InputType({ description: 'The customer to delete.' })
export class DeleteCustomerInput {
  @Field(() => ID, { description: 'The customer to delete, with all its users and data.' })
  id!: string;
}

@InputType({ description: 'Attributes to add to a customer or to overwrite.' })
export class UpdateCustomerAttributesInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId!: string;

  @Field(() => [KeyValueEntryInput], { description: 'Attributes to add or overwrite; others stay as they are.' })
  attributes!: KeyValueEntryInput[];

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string;
}

@InputType({ description: 'The new attributes of a customer, instead of all it has.' })
export class SetCustomerAttributesInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId!: string;

  @Field(() => [KeyValueEntryInput], { description: 'All attributes from now on; others are deleted.' })
  attributes!: KeyValueEntryInput[];
}

@InputType({ description: 'An attribute to remove from a customer.' })
export class RemoveCustomerAttributeInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId!: string;

  @Field(() => String, { description: 'Key of the attribute to remove.' })
  key!: string;
}
