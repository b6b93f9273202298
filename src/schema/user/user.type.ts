import { Field, ID, Int, ObjectType } from 'type-graphql';
import { KeyValueEntry } from '../shared/key-value.type.js';
import { DateTime } from '../shared/scalars.js';

@ObjectType({ simpleResolvers: true, description: 'Something that a role allows.' })
export class Right {
  @Field(() => ID, { description: 'Identifies the right.' })
  id!: string;

  @Field(() => String, { description: 'Unique name of the right.' })
  name!: string;

  @Field(() => String, { description: 'What the right allows.' })
  description!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A role that a user has.' })
export class Role {
  @Field(() => ID, { description: 'Identifies the role.' })
  id!: string;

  @Field(() => String, { description: 'Unique name of the role.' })
  name!: string;

  @Field(() => String, { description: 'What the role is for.' })
  description!: string;

  @Field(() => [Right], { nullable: true, description: 'The rights that come with the role.' })
  items!: Right[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'The roles of a user.' })
export class RoleList {
  @Field(() => [Role], { description: 'The roles.' })
  items!: Role[];
}

@ObjectType({ simpleResolvers: true, description: 'Free keys and values that are kept with a user.' })
export class UserAttributes {
  @Field(() => [KeyValueEntry], { description: 'All attributes.' })
  items!: KeyValueEntry[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'A user of a customer. Read through its customer only: DRACOON has no read of a single user.',
})
export class User {
  @Field(() => ID, { description: 'Identifies the user; a 64-bit integer in decimal digits.' })
  id!: string;

  @Field(() => String, { description: 'User name. Since DRACOON 4.13.0.' })
  userName!: string;

  @Field(() => String, { description: 'First name.' })
  firstName!: string;

  @Field(() => String, { description: 'Last name.' })
  lastName!: string;

  @Field(() => String, { nullable: true, description: 'Email address.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'Phone number.' })
  phone!: string | null;

  @Field(() => String, { description: "Identifies the user's picture. Since DRACOON 4.11.0." })
  avatarUuid!: string;

  @Field(() => Boolean, { description: 'Whether the user is locked and cannot log in.' })
  isLocked!: boolean;

  @Field(() => Int, {
    description: '0 locked, 1 access by web, 2 access by web and mobile apps.',
    deprecationReason: 'Since DRACOON 4.7.0; use `isLocked`.',
  })
  lockStatus!: number;

  @Field(() => String, {
    description: 'Login name.',
    deprecationReason: 'Since DRACOON 4.13.0; use `userName`.',
  })
  login!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Gender: m, f or n.',
    deprecationReason: 'Since DRACOON 4.12.0; there is no replacement.',
  })
  gender!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Job title.',
    deprecationReason: 'Since DRACOON 4.18.0; there is no replacement.',
  })
  title!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the user manages data rooms.',
    deprecationReason: 'Since DRACOON 4.27.0; there is no replacement.',
  })
  hasManageableRooms!: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the user has keys for client-side encryption.' })
  isEncryptionEnabled!: boolean | null;

  @Field(() => ID, { nullable: true, description: "Identifies the user's own data room." })
  homeRoomId!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the user was created.' })
  createdAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the account expires.' })
  expireAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the user last logged in.' })
  lastLoginSuccessAt!: string | null;

  @Field(() => RoleList, { nullable: true, description: 'The roles of the user.' })
  userRoles!: RoleList | null;

  @Field(() => UserAttributes, {
    nullable: true,
    description: 'Free keys and values that are kept with the user.',
    deprecationReason: 'Deprecated by DRACOON; there is no replacement.',
  })
  userAttributes!: UserAttributes | null;
}
