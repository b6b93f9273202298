import { Field, InputType, registerEnumType } from 'type-graphql';
import {
  AttributeKeyFilter,
  BooleanFilter,
  ContainsFilter,
  DateRangeFilter,
  ExactTextFilter,
  IdFilter,
  IntFilter,
  IntRangeFilter,
  LongRangeFilter,
  TextFilter,
} from '../shared/filter.inputs.js';
import type { FilterTable } from '../shared/filter-text.js';
import { OrderDirection } from '../shared/order.js';
import { CustomerContractType } from './customer-contract-type.enum.js';

/** The upstream's filter fields of `requestCustomers` and their operators. */
export const CUSTOMER_FILTERS: FilterTable = {
  id: ['eq'],
  companyName: ['contains'],
  customerContractType: ['eq'],
  trialDaysLeft: ['gte', 'lte'],
  providerCustomerId: ['eq', 'contains'],
  quotaMax: ['gte', 'lte'],
  quotaUsed: ['gte', 'lte'],
  userMax: ['gte', 'lte'],
  userUsed: ['gte', 'lte'],
  isLocked: ['eq'],
  createdAt: ['gte', 'lte'],
  updatedAt: ['gte', 'lte'],
  lastLoginAt: ['gte', 'lte'],
  userLogin: ['eq'],
  attributeKey: ['eq', 'notExists'],
  attributeValue: ['eq'],
  activationCode: ['eq', 'contains'],
  lockStatus: ['eq'],
};

@InputType({ description: 'Matches a contract type.' })
export class CustomerContractTypeFilter {
  @Field(() => CustomerContractType, { nullable: true, description: 'Equal to this contract type.' })
  eq?: CustomerContractType;
}

@InputType({
  description:
    'Which customers to list. A customer must meet every condition given. A condition that is null or empty is rejected because it would match everything.',
})
export class CustomerFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;

  @Field(() => ContainsFilter, { nullable: true, description: 'By company name.' })
  companyName?: ContainsFilter;

  @Field(() => CustomerContractTypeFilter, { nullable: true, description: 'By contract type.' })
  customerContractType?: CustomerContractTypeFilter;

  @Field(() => IntRangeFilter, { nullable: true, description: 'By days left of the trial.' })
  trialDaysLeft?: IntRangeFilter;

  @Field(() => TextFilter, { nullable: true, description: "By the provider's own id." })
  providerCustomerId?: TextFilter;

  @Field(() => LongRangeFilter, { nullable: true, description: 'By storage quota in bytes.' })
  quotaMax?: LongRangeFilter;

  @Field(() => LongRangeFilter, { nullable: true, description: 'By storage in use in bytes.' })
  quotaUsed?: LongRangeFilter;

  @Field(() => IntRangeFilter, { nullable: true, description: 'By the number of users allowed.' })
  userMax?: IntRangeFilter;

  @Field(() => IntRangeFilter, { nullable: true, description: 'By the number of users.' })
  userUsed?: IntRangeFilter;

  @Field(() => BooleanFilter, { nullable: true, description: 'By whether the customer is locked.' })
  isLocked?: BooleanFilter;

  @Field(() => DateRangeFilter, { nullable: true, description: 'By day of creation (UTC).' })
  createdAt?: DateRangeFilter;

  @Field(() => DateRangeFilter, { nullable: true, description: 'By day of the last change (UTC).' })
  updatedAt?: DateRangeFilter;

  @Field(() => DateRangeFilter, { nullable: true, description: 'By day of the last login (UTC).' })
  lastLoginAt?: DateRangeFilter;

  @Field(() => ExactTextFilter, {
    nullable: true,
    description: 'By the login of one of its users, of any login method.',
  })
  userLogin?: ExactTextFilter;

  @Field(() => AttributeKeyFilter, {
    nullable: true,
    description:
      'By the key of an attribute. Together with `attributeValue`, key and value may be those of different attributes.',
  })
  attributeKey?: AttributeKeyFilter;

  @Field(() => ExactTextFilter, {
    nullable: true,
    description:
      'By the value of an attribute, whatever its key: together with `attributeKey`, key and value may be those of different attributes.',
  })
  attributeValue?: ExactTextFilter;

  @Field(() => TextFilter, {
    nullable: true,
    description: 'By activation code.',
    deprecationReason: 'Since DRACOON 4.8.0; activation codes are no longer needed, there is no replacement.',
  })
  activationCode?: TextFilter;

  @Field(() => IntFilter, {
    nullable: true,
    description: '0 for customers that are not locked, 1 for locked ones.',
    deprecationReason: 'Since DRACOON 4.7.0; use `isLocked`.',
  })
  lockStatus?: IntFilter;
}

/** Values are the upstream's sort fields of `requestCustomers`. */
export enum CustomerOrderField {
  COMPANY_NAME = 'companyName',
  CUSTOMER_CONTRACT_TYPE = 'customerContractType',
  TRIAL_DAYS_LEFT = 'trialDaysLeft',
  PROVIDER_CUSTOMER_ID = 'providerCustomerId',
  QUOTA_MAX = 'quotaMax',
  QUOTA_USED = 'quotaUsed',
  USER_MAX = 'userMax',
  USER_USED = 'userUsed',
  IS_LOCKED = 'isLocked',
  CREATED_AT = 'createdAt',
  UPDATED_AT = 'updatedAt',
  LAST_LOGIN_AT = 'lastLoginAt',
  LOCK_STATUS = 'lockStatus',
}

registerEnumType(CustomerOrderField, {
  name: 'CustomerOrderField',
  description: 'Fields that customers can be sorted by.',
  valuesConfig: {
    COMPANY_NAME: { description: 'By company name.' },
    CUSTOMER_CONTRACT_TYPE: { description: 'By contract type.' },
    TRIAL_DAYS_LEFT: { description: 'By days left of the trial.' },
    PROVIDER_CUSTOMER_ID: { description: "By the provider's own id." },
    QUOTA_MAX: { description: 'By storage quota.' },
    QUOTA_USED: { description: 'By storage in use.' },
    USER_MAX: { description: 'By the number of users allowed.' },
    USER_USED: { description: 'By the number of users.' },
    IS_LOCKED: { description: 'By whether the customer is locked.' },
    CREATED_AT: { description: 'By time of creation.' },
    UPDATED_AT: { description: 'By time of the last change.' },
    LAST_LOGIN_AT: { description: 'By time of the last login.' },
    LOCK_STATUS: {
      description: 'By whether the customer is locked.',
      deprecationReason: 'Since DRACOON 4.7.0; use `IS_LOCKED`.',
    },
  },
});

@InputType({ description: 'One criterion to sort customers by.' })
export class CustomerOrder {
  @Field(() => CustomerOrderField, { description: 'What to sort by.' })
  field!: CustomerOrderField;

  @Field(() => OrderDirection, { description: 'Smallest or largest first.', defaultValue: OrderDirection.ASC })
  direction!: OrderDirection;
}
