import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../shared/scalars.js';

export enum UserType {
  SYSTEM = 'system',
  INTERNAL = 'internal',
  EXTERNAL = 'external',
  DELETED = 'deleted',
}

registerEnumType(UserType, {
  name: 'UserType',
  description: 'The kind of a user.',
  valuesConfig: {
    SYSTEM: { description: 'Not a person.' },
    INTERNAL: { description: 'An ordinary user with an account.' },
    EXTERNAL: { description: 'Someone without an account.' },
    DELETED: { description: 'A user who was removed.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'The user who did something, in brief.' })
export class UserInfo {
  @Field(() => ID, { description: 'Identifies the user; a 64-bit integer in decimal digits.' })
  id!: string;

  @Field(() => UserType, { description: 'What kind of user this is.' })
  userType!: UserType;

  @Field(() => String, { description: 'First name.' })
  firstName!: string;

  @Field(() => String, { description: 'Last name.' })
  lastName!: string;

  @Field(() => String, { description: 'User name; internal users only have a meaningful one. Since DRACOON 4.13.0.' })
  userName!: string;

  @Field(() => String, { nullable: true, description: 'Email address.' })
  email!: string | null;

  @Field(() => String, { description: "Identifies the user's picture." })
  avatarUuid!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name to show.',
    deprecationReason: 'Since DRACOON 4.11.0; use `firstName` and `lastName`.',
  })
  displayName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Job title.',
    deprecationReason: 'Since DRACOON 4.18.0; there is no replacement.',
  })
  title!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'A URL that DRACOON calls when something happens at the provider. Its signing secret can be set but never read. Since DRACOON 4.19.0.',
})
export class Webhook {
  @Field(() => ID, { description: 'Identifies the webhook; a 64-bit integer in decimal digits.' })
  id!: string;

  @Field(() => String, { description: 'Name of the webhook.' })
  name!: string;

  @Field(() => String, { description: 'The URL that is called; https.' })
  url!: string;

  @Field(() => [String], { description: 'Names of the events it is called for, such as customer.created.' })
  eventTypeNames!: string[];

  @Field(() => Boolean, { description: 'Whether it is called at all.' })
  isEnabled!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'The last HTTP status, if failing deliveries have disabled the webhook.',
  })
  failStatus!: number | null;

  @Field(() => DateTime, { description: 'When the webhook expires unless its lifetime is reset.' })
  expireAt!: string;

  @Field(() => DateTime, { description: 'When the webhook was created.' })
  createdAt!: string;

  @Field(() => DateTime, { description: 'When the webhook was last changed.' })
  updatedAt!: string;

  @Field(() => UserInfo, { nullable: true, description: 'Who created it.' })
  createdBy!: UserInfo | null;

  @Field(() => UserInfo, { nullable: true, description: 'Who changed it last.' })
  updatedBy!: UserInfo | null;
}

@ObjectType({ simpleResolvers: true, description: 'A kind of event that webhooks can be called for.' })
export class WebhookEventType {
  @Field(() => ID, { description: 'Identifies the event type.' })
  id!: string;

  @Field(() => String, { description: 'Name of the event type, such as customer.created.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether webhooks of a provider, those of this API, can use it.' })
  usableTenantWebhook!: boolean;

  @Field(() => Boolean, { description: "Whether webhooks of a customer's administrators can use it." })
  usableCustomerAdminWebhook!: boolean;

  @Field(() => Boolean, { description: 'Whether webhooks of a data room can use it.' })
  usableNodeWebhook!: boolean;

  @Field(() => Boolean, { description: 'Whether push notifications can use it.' })
  usablePushNotification!: boolean;
}
