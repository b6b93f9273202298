import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { passing } from '../shared/schema.js';

const UUID = passing('UUID');
const Long = passing('Long');
const DateTime = passing('DateTime');

enum CustomerContractType {
  DEMO = 'demo',
  FREE = 'free',
  PAY = 'pay',
}
registerEnumType(CustomerContractType, { name: 'CustomerContractType' });

@ObjectType({ simpleResolvers: true })
export class KeyValueEntry {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  value!: string;
}

@ObjectType({ simpleResolvers: true })
export class CustomerAttributes {
  @Field(() => [KeyValueEntry])
  items!: KeyValueEntry[];
}

@ObjectType({ simpleResolvers: true })
export class User {
  @Field(() => ID)
  id!: number;

  @Field(() => String)
  userName!: string;

  @Field(() => String)
  firstName!: string;

  @Field(() => String)
  lastName!: string;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => Boolean)
  isLocked!: boolean;
}

@ObjectType({ simpleResolvers: true })
export class UserConnection {
  @Field(() => [User])
  nodes!: User[];

  @Field(() => Long)
  totalCount!: number;
}

@ObjectType({ simpleResolvers: true })
export class Customer {
  @Field(() => ID)
  id!: number;

  @Field(() => UUID)
  customerUuid!: string;

  @Field(() => String)
  companyName!: string;

  @Field(() => CustomerContractType)
  customerContractType!: CustomerContractType;

  @Field(() => String, { nullable: true })
  activationCode!: string | null;

  @Field(() => String, { nullable: true })
  providerCustomerId!: string | null;

  @Field(() => Boolean, { nullable: true })
  isLocked!: boolean | null;

  @Field(() => Boolean)
  lockStatus!: boolean;

  @Field(() => Long)
  quotaMax!: number;

  @Field(() => Long)
  quotaUsed!: number;

  @Field(() => Int)
  userMax!: number;

  @Field(() => Int)
  userUsed!: number;

  @Field(() => Int)
  cntInternalUser!: number;

  @Field(() => Int)
  cntGuestUser!: number;

  @Field(() => Long, { nullable: true })
  webhooksMax!: number | null;

  @Field(() => Int, { nullable: true })
  trialDaysLeft!: number | null;

  @Field(() => DateTime)
  createdAt!: string;

  @Field(() => DateTime, { nullable: true })
  updatedAt!: string | null;

  @Field(() => DateTime, { nullable: true })
  lastLoginAt!: string | null;

  @Field(() => CustomerAttributes, { nullable: true })
  customerAttributes!: CustomerAttributes | null;
}

@ObjectType({ simpleResolvers: true })
export class CustomerConnection {
  @Field(() => [Customer])
  nodes!: Customer[];

  @Field(() => Long)
  totalCount!: number;
}
