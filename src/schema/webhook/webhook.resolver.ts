import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import type { WebhookRecord } from '../../loaders/webhook-by-id.js';
import type { Connection } from '../shared/connection.js';
import { createConnectionType } from '../shared/connection.type.js';
import { toFilterText } from '../shared/filter-text.js';
import { toUpstreamId } from '../../upstream/target.js';
import { toSortText } from '../shared/order.js';
import { readConnection } from '../shared/read-list.js';
import type { RequestContext } from '../shared/request-context.js';
import { selectedOfConnection } from '../shared/selection.js';
import { WEBHOOK_FILTERS, WebhooksArgs } from './webhook.inputs.js';
import { Webhook, WebhookEventType } from './webhook.type.js';

const WebhookConnection = createConnectionType('Webhook', Webhook);

@Resolver()
export class WebhookResolver {
  @Query(() => Webhook, { nullable: true, description: 'One webhook by its id; null if there is none.' })
  async webhook(
    @Arg('id', () => ID, { description: 'The id of the webhook.' }) id: string,
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders, freshness }: RequestContext,
  ): Promise<WebhookRecord | null> {
    const webhook = await loaders.webhookById.load(toUpstreamId(id, 'id'));
    freshness.place(info.path, webhook);
    return webhook;
  }

  @Query(() => WebhookConnection, { nullable: true, description: 'Webhooks of the provider, a page at a time.' })
  webhooks(
    @Args(() => WebhooksArgs) args: WebhooksArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders, freshness }: RequestContext,
  ): Promise<Connection<WebhookRecord>> {
    const filter = toFilterText(WEBHOOK_FILTERS, args.filter);
    const sort = toSortText(args.orderBy);
    return readConnection<WebhookRecord>({
      noun: 'webhooks',
      args,
      filter,
      sort,
      selection: selectedOfConnection(info),
      dayOffset: loaders.dayOffset,
      load: (window) => loaders.webhookPage.load({ ...window, filter, sort }),
      placed: (page) => freshness.place(info.path, page),
    });
  }

  @Query(() => [WebhookEventType], {
    nullable: true,
    description: 'The kinds of events that webhooks can be called for.',
  })
  async webhookEventTypes(@Ctx() { loaders }: RequestContext): Promise<unknown> {
    return (await loaders.eventTypes.load('')).items;
  }
}
