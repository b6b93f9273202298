import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql';
import {
  BooleanFilter,
  DateFilter,
  DateRangeFilter,
  IdsFilter,
  IntFilter,
  TextFilter,
} from '../shared/filter.inputs.js';
import type { FilterTable } from '../shared/filter-text.js';
import { OrderDirection } from '../shared/order.js';
import { PageArgs } from '../shared/page.args.js';

/** The upstream's filter fields of `requestListOfTenantWebhooks` and their operators. */
export const WEBHOOK_FILTERS: FilterTable = {
  id: ['eq', 'in'],
  name: ['eq', 'contains'],
  isEnabled: ['eq'],
  createdAt: ['gte', 'lte'],
  updatedAt: ['gte', 'lte'],
  expiration: ['eq', 'gte', 'lte'],
  lastFailStatus: ['eq'],
};

@InputType({
  description:
    'Which webhooks to list. A webhook must meet every condition given. A condition that is null or empty is rejected because it would match everything.',
})
export class WebhookFilter {
  @Field(() => IdsFilter, { nullable: true, description: 'By id.' })
  id?: IdsFilter;

  @Field(() => TextFilter, { nullable: true, description: 'By name; * stands for any text.' })
  name?: TextFilter;

  @Field(() => BooleanFilter, { nullable: true, description: 'By whether it is enabled.' })
  isEnabled?: BooleanFilter;

  @Field(() => DateRangeFilter, { nullable: true, description: 'By day of creation (UTC).' })
  createdAt?: DateRangeFilter;

  @Field(() => DateRangeFilter, { nullable: true, description: 'By day of the last change (UTC).' })
  updatedAt?: DateRangeFilter;

  @Field(() => DateFilter, { nullable: true, description: 'By day of expiry (UTC).' })
  expiration?: DateFilter;

  @Field(() => IntFilter, { nullable: true, description: 'By the last HTTP status of failing deliveries.' })
  lastFailStatus?: IntFilter;
}

/** Values are the upstream's sort fields of `requestListOfTenantWebhooks`. */
export enum WebhookOrderField {
  ID = 'id',
  NAME = 'name',
  IS_ENABLED = 'isEnabled',
  CREATED_AT = 'createdAt',
  UPDATED_AT = 'updatedAt',
  EXPIRATION = 'expiration',
}

registerEnumType(WebhookOrderField, {
  name: 'WebhookOrderField',
  description: 'Fields that webhooks can be sorted by.',
  valuesConfig: {
    ID: { description: 'By id.' },
    NAME: { description: 'By name.' },
    IS_ENABLED: { description: 'By whether they are enabled.' },
    CREATED_AT: { description: 'By time of creation.' },
    UPDATED_AT: { description: 'By time of the last change.' },
    EXPIRATION: { description: 'By time of expiry.' },
  },
});

@InputType({ description: 'One criterion to sort webhooks by.' })
export class WebhookOrder {
  @Field(() => WebhookOrderField, { description: 'What to sort by.' })
  field!: WebhookOrderField;

  @Field(() => OrderDirection, { description: 'Smallest or largest first.', defaultValue: OrderDirection.ASC })
  direction!: OrderDirection;
}

@ArgsType()
export class WebhooksArgs extends PageArgs {
  @Field(() => WebhookFilter, { nullable: true, description: 'Which webhooks to list; all of them if omitted.' })
  filter?: WebhookFilter | null;

  @Field(() => [WebhookOrder], { nullable: true, description: 'What to sort by, the most important criterion first.' })
  orderBy?: WebhookOrder[] | null;
}

@InputType({ description: 'A new webhook.' })
export class CreateWebhookInput {
  @Field(() => String, { description: 'Name of the webhook, at most 150 characters.' })
  name!: string;

  @Field(() => String, { description: 'The URL to call; https only.' })
  url!: string;

  @Field(() => [String], { description: 'Names of the events to call it for, such as customer.created.' })
  eventTypeNames!: string[];

  @Field(() => String, { nullable: true, description: 'Key that deliveries are signed with. Never returned.' })
  secret?: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is called at all.' })
  isEnabled?: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Whether to send one example event at once.' })
  triggerExampleEvent?: boolean;
}

@InputType({ description: 'Changes to a webhook. Omitted fields keep their value.' })
export class UpdateWebhookInput {
  @Field(() => ID, { description: 'The webhook to change.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name of the webhook, at most 150 characters.' })
  name?: string;

  @Field(() => String, { nullable: true, description: 'The URL to call; https only.' })
  url?: string;

  @Field(() => [String], { nullable: true, description: 'Names of the events to call it for.' })
  eventTypeNames?: string[];

  @Field(() => String, { nullable: true, description: 'Key that deliveries are signed with. Never returned.' })
  secret?: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is called at all.' })
  isEnabled?: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Whether to send one example event at once.' })
  triggerExampleEvent?: boolean;
}

@InputType({ description: 'The webhook to delete.' })
export class DeleteWebhookInput {
  @Field(() => ID, { description: 'The webhook to delete.' })
  id!: string;
}

@InputType({ description: 'The webhook to renew.' })
export class ResetWebhookLifetimeInput {
  @Field(() => ID, { description: 'The webhook to renew.' })
  id!: string;
}
