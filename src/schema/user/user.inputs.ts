import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';
import {
  BooleanFilter,
  ContainsFilter,
  DateRangeFilter,
  ExactTextFilter,
  IntFilter,
  TextFilter,
} from '../shared/filter.inputs.js';
import type { FilterTable } from '../shared/filter-text.js';
import { OrderDirection } from '../shared/order.js';
import { PageArgs } from '../shared/page.args.js';
import { UserRole } from './role.enum.js';

const LOGIN = 'Since DRACOON 4.13.0; use `userName`.';

/** The upstream's filter fields of `requestCustomerUsers` and their operators. */
export const USER_FILTERS: FilterTable = {
  email: ['eq', 'contains'],
  userName: ['eq', 'contains'],
  firstName: ['contains'],
  lastName: ['contains'],
  isLocked: ['eq'],
  effectiveRoles: ['eq'],
  createdAt: ['gte', 'lte'],
  phone: ['eq'],
  isEncryptionEnabled: ['eq'],
  hasRole: ['eq', 'neq'],
  lockStatus: ['eq'],
  login: ['contains'],
};

@InputType({ description: 'Matches users by a role.' })
export class UserRoleFilter {
  @Field(() => UserRole, { nullable: true, description: 'Has this role.' })
  eq?: UserRole;

  @Field(() => UserRole, { nullable: true, description: 'Does not have this role.' })
  neq?: UserRole;
}

@InputType({
  description:
    'Which users to list. A user must meet every condition given, except that of `firstName`, `lastName` and `login` one is enough. A condition that is null or empty is rejected because it would match everything.',
})
export class UserFilter {
  @Field(() => TextFilter, { nullable: true, description: 'By email address.' })
  email?: TextFilter;

  @Field(() => TextFilter, { nullable: true, description: 'By user name.' })
  userName?: TextFilter;

  @Field(() => ContainsFilter, { nullable: true, description: 'By first name, or by another name condition.' })
  firstName?: ContainsFilter;

  @Field(() => ContainsFilter, { nullable: true, description: 'By last name, or by another name condition.' })
  lastName?: ContainsFilter;

  @Field(() => BooleanFilter, { nullable: true, description: 'By whether the user is locked.' })
  isLocked?: BooleanFilter;

  @Field(() => BooleanFilter, {
    nullable: true,
    description: 'Whether `hasRole` looks at roles held through groups too; false if omitted.',
  })
  effectiveRoles?: BooleanFilter;

  @Field(() => DateRangeFilter, { nullable: true, description: 'By day of creation (UTC).' })
  createdAt?: DateRangeFilter;

  @Field(() => ExactTextFilter, { nullable: true, description: 'By phone number.' })
  phone?: ExactTextFilter;

  @Field(() => BooleanFilter, {
    nullable: true,
    description: 'By whether the user has keys for client-side encryption.',
  })
  isEncryptionEnabled?: BooleanFilter;

  @Field(() => UserRoleFilter, { nullable: true, description: 'By role.' })
  hasRole?: UserRoleFilter;

  @Field(() => IntFilter, {
    nullable: true,
    description: '0 locked, 1 access by web, 2 access by web and mobile apps.',
    deprecationReason: 'Since DRACOON 4.7.0; use `isLocked`.',
  })
  lockStatus?: IntFilter;

  @Field(() => ContainsFilter, {
    nullable: true,
    description: 'By login name, or by another name condition.',
    deprecationReason: LOGIN,
  })
  login?: ContainsFilter;
}

/** Values are the upstream's sort fields of `requestCustomerUsers`. */
export enum UserOrderField {
  USER_NAME = 'userName',
  EMAIL = 'email',
  FIRST_NAME = 'firstName',
  LAST_NAME = 'lastName',
  IS_LOCKED = 'isLocked',
  LAST_LOGIN_SUCCESS_AT = 'lastLoginSuccessAt',
  EXPIRE_AT = 'expireAt',
  CREATED_AT = 'createdAt',
  GENDER = 'gender',
  LOCK_STATUS = 'lockStatus',
  LOGIN = 'login',
}

registerEnumType(UserOrderField, {
  name: 'UserOrderField',
  description: 'Fields that users can be sorted by.',
  valuesConfig: {
    USER_NAME: { description: 'By user name.' },
    EMAIL: { description: 'By email address.' },
    FIRST_NAME: { description: 'By first name.' },
    LAST_NAME: { description: 'By last name.' },
    IS_LOCKED: { description: 'By whether the user is locked.' },
    LAST_LOGIN_SUCCESS_AT: { description: 'By time of the last login.' },
    EXPIRE_AT: { description: 'By expiry of the account.' },
    CREATED_AT: { description: 'By time of creation.' },
    GENDER: { description: 'By gender.', deprecationReason: 'Since DRACOON 4.12.0; there is no replacement.' },
    LOCK_STATUS: { description: 'By lock status.', deprecationReason: 'Since DRACOON 4.7.0; use `IS_LOCKED`.' },
    LOGIN: { description: 'By login name.', deprecationReason: 'Since DRACOON 4.13.0; use `USER_NAME`.' },
  },
});

@InputType({ description: 'One criterion to sort users by.' })
export class UserOrder {
  @Field(() => UserOrderField, { description: 'What to sort by.' })
  field!: UserOrderField;

  @Field(() => OrderDirection, { description: 'Smallest or largest first.', defaultValue: OrderDirection.ASC })
  direction!: OrderDirection;
}

@ArgsType()
export class UsersArgs extends PageArgs {
  @Field(() => UserFilter, { nullable: true, description: 'Which users to list; all of them if omitted.' })
  filter?: UserFilter | null;

  @Field(() => [UserOrder], { nullable: true, description: 'What to sort by, the most important criterion first.' })
  orderBy?: UserOrder[] | null;
}
