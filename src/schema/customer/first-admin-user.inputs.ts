import { Field, InputType, Int } from 'type-graphql';
import { KeyValueEntryInput } from '../shared/key-value.type.js';

const AUTH_DATA = 'Since DRACOON 4.13.0; use `authData`.';

@InputType({ description: 'How a user logs in.' })
export class UserAuthDataInput {
  @Field(() => String, {
    description: 'One of basic, active_directory, openid. Also radius, which is deprecated since DRACOON 5.3.1.',
  })
  method!: string;

  @Field(() => String, { nullable: true, description: 'Login name.' })
  login?: string;

  @Field(() => String, {
    nullable: true,
    description: "Password; basic only. Must meet the password policy and not hold any of & ' < >.",
  })
  password?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the password must be changed at the first login; true for basic if omitted.',
  })
  mustChangePassword?: boolean;

  @Field(() => Int, { nullable: true, description: 'Active Directory configuration; active_directory only.' })
  adConfigId?: number;

  @Field(() => Int, { nullable: true, description: 'OpenID Connect provider; openid only.' })
  oidConfigId?: number;
}

@InputType({ description: 'A way to log in, in the form used before DRACOON 4.13.0.' })
export class UserAuthMethodInput {
  @Field(() => String, {
    description: 'One of basic, active_directory, openid. Also radius, which is deprecated since DRACOON 5.3.1.',
  })
  authId!: string;

  @Field(() => Boolean, { description: 'Whether the user may log in this way.' })
  isEnabled!: boolean;

  @Field(() => [KeyValueEntryInput], {
    nullable: true,
    description: 'Options of the method: username, and ad_config_id or openid_config_id.',
  })
  options?: KeyValueEntryInput[];
}

@InputType({ description: 'The first user of a new customer, who administers it.' })
export class FirstAdminUserInput {
  @Field(() => String, { description: 'First name.' })
  firstName!: string;

  @Field(() => String, { description: 'Last name.' })
  lastName!: string;

  @Field(() => String, { nullable: true, description: 'User name, without "<" and ">". Since DRACOON 4.13.0.' })
  userName?: string;

  @Field(() => String, { nullable: true, description: 'Email address.' })
  email?: string;

  @Field(() => String, { nullable: true, description: 'Phone number.' })
  phone?: string;

  @Field(() => UserAuthDataInput, { nullable: true, description: 'How the user logs in.' })
  authData?: UserAuthDataInput;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether DRACOON mails the user; if omitted, true for basic and false for other methods.',
  })
  notifyUser?: boolean;

  @Field(() => String, { nullable: true, description: 'Language of that mail as an IETF tag, such as de-DE.' })
  receiverLanguage?: string;

  @Field(() => [UserAuthMethodInput], {
    nullable: true,
    description: 'How the user logs in.',
    deprecationReason: AUTH_DATA,
  })
  authMethods?: UserAuthMethodInput[];

  @Field(() => String, { nullable: true, description: 'Login name.', deprecationReason: AUTH_DATA })
  login?: string;

  @Field(() => String, { nullable: true, description: 'Password.', deprecationReason: AUTH_DATA })
  password?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the password must be changed at the first login.',
    deprecationReason: 'Since DRACOON 4.13.0; use `authData.mustChangePassword`.',
  })
  needsToChangePassword?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the user name must be changed at the first login.',
    deprecationReason: 'Since DRACOON 4.13.0; there is no replacement.',
  })
  needsToChangeUserName?: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Gender: m, f or n.',
    deprecationReason: 'Since DRACOON 4.12.0; there is no replacement.',
  })
  gender?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Language of the user.',
    deprecationReason: 'Since DRACOON 4.7.0; use `receiverLanguage`.',
  })
  language?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Job title.',
    deprecationReason: 'Since DRACOON 4.18.0; there is no replacement.',
  })
  title?: string;
}
