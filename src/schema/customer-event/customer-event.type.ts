import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../shared/scalars.js';

export enum CustomerEventType {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  DELETED = 'DELETED',
}

registerEnumType(CustomerEventType, {
  name: 'CustomerEventType',
  description: 'What happened to a customer.',
  valuesConfig: {
    CREATED: { description: 'It is new.' },
    UPDATED: { description: 'It or its attributes were changed through the gateway.' },
    DELETED: { description: 'It is gone.' },
  },
});

@ObjectType({ description: 'Something that happened to a customer.' })
export class CustomerEvent {
  @Field(() => CustomerEventType, { description: 'What happened.' })
  type!: CustomerEventType;

  @Field(() => ID, { description: 'The id of the customer.' })
  customerId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The place of the event among all, for `after` of a later subscription. Null if the gateway keeps no events.',
  })
  cursor?: string;

  @Field(() => DateTime, { description: 'When the gateway received the event.' })
  occurredAt!: string;
}
