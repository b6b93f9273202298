import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver, type ClassType } from 'type-graphql';
import type { Outcome } from '../../commands/outcome.js';
import type { UserError } from '../../errors/user-error.js';
import type { WebhookRecord } from '../../loaders/webhook-by-id.js';
import { toUpstreamId } from '../../upstream/target.js';
import type { RequestContext } from '../shared/request-context.js';
import { USER_ERRORS, UserErrorType } from '../shared/user-error.type.js';
import {
  CreateWebhookInput,
  DeleteWebhookInput,
  ResetWebhookLifetimeInput,
  UpdateWebhookInput,
} from './webhook.inputs.js';
import { Webhook } from './webhook.type.js';

interface WebhookPayload {
  webhook: WebhookRecord | null;
  userErrors: readonly UserError[];
}

function createWebhookPayloadType(name: string, description: string): ClassType {
  @ObjectType(name, { simpleResolvers: true, description })
  class Payload {
    @Field(() => Webhook, {
      nullable: true,
      description: 'The webhook as it is now; null if the mutation was rejected.',
    })
    webhook!: object | null;

    @Field(() => [UserErrorType], { description: USER_ERRORS })
    userErrors!: readonly UserError[];
  }
  return Payload;
}

const CreateWebhookPayload = createWebhookPayloadType('CreateWebhookPayload', 'Result of a creation.');
const UpdateWebhookPayload = createWebhookPayloadType('UpdateWebhookPayload', 'Result of a change.');
const ResetWebhookLifetimePayload = createWebhookPayloadType('ResetWebhookLifetimePayload', 'Result of a renewal.');

@ObjectType({ simpleResolvers: true, description: 'Result of a deletion.' })
class DeleteWebhookPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted webhook; null if the deletion was rejected.' })
  deletedWebhookId!: string | null;

  @Field(() => [UserErrorType], { description: USER_ERRORS })
  userErrors!: readonly UserError[];
}

const INPUT = { description: 'Input of the mutation.' };

const toPayload = ({ value, userErrors }: Outcome<WebhookRecord>): WebhookPayload => ({ webhook: value, userErrors });

@Resolver()
export class WebhookMutations {
  @Mutation(() => CreateWebhookPayload, {
    nullable: true,
    description: 'Creates a webhook. Sending it twice creates two.',
  })
  async createWebhook(
    @Arg('input', () => CreateWebhookInput, INPUT) input: CreateWebhookInput,
    @Ctx() { commands }: RequestContext,
  ): Promise<WebhookPayload> {
    return toPayload(await commands.webhooks.create(input));
  }

  @Mutation(() => UpdateWebhookPayload, {
    nullable: true,
    description: 'Changes a webhook. Omitted fields keep their value.',
  })
  async updateWebhook(
    @Arg('input', () => UpdateWebhookInput, INPUT) { id, ...patch }: UpdateWebhookInput,
    @Ctx() { commands }: RequestContext,
  ): Promise<WebhookPayload> {
    return toPayload(await commands.webhooks.update(toUpstreamId(id, 'input.id'), patch));
  }

  @Mutation(() => DeleteWebhookPayload, { nullable: true, description: 'Deletes a webhook.' })
  async deleteWebhook(
    @Arg('input', () => DeleteWebhookInput, INPUT) { id }: DeleteWebhookInput,
    @Ctx() { commands }: RequestContext,
  ): Promise<DeleteWebhookPayload> {
    const { value, userErrors } = await commands.webhooks.remove(toUpstreamId(id, 'input.id'));
    return { deletedWebhookId: value?.id ?? null, userErrors };
  }

  @Mutation(() => ResetWebhookLifetimePayload, {
    nullable: true,
    description: "Restarts a webhook's lifetime, so that it expires later.",
  })
  async resetWebhookLifetime(
    @Arg('input', () => ResetWebhookLifetimeInput, INPUT) { id }: ResetWebhookLifetimeInput,
    @Ctx() { commands }: RequestContext,
  ): Promise<WebhookPayload> {
    return toPayload(await commands.webhooks.resetLifetime(toUpstreamId(id, 'input.id')));
  }
}
