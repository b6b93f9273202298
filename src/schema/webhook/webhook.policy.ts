import {
  FEW,
  FROM_THE_START,
  NULL_BY_ERROR,
  ONE_REQUEST,
  PAGE,
  PLAIN,
  SECRET,
  WRITE,
  connectionPolicy,
  type FieldPolicies,
  type NounPolicy,
  type Policy,
} from '../shared/policy.js';
import type { WebhookMutations } from './webhook.mutations.js';
import type { WebhookResolver } from './webhook.resolver.js';
import type { UserInfo, Webhook, WebhookEventType } from './webhook.type.js';

const SINCE_4_11: Policy = { firstVersion: '4.11.0' };
const READ = { access: 'webhooks:read', firstVersion: '4.19.0' } as const;
const CHANGE = { access: 'webhooks:write', firstVersion: '4.19.0', directives: WRITE } as const;

/** What holds for webhooks, who made them, and what they can tell of. */
export const WEBHOOK_POLICY: NounPolicy = {
  Webhook: {
    access: 'webhooks:read',
    directives: '@key(fields: "id")',
    fields: {
      id: PLAIN,
      name: PLAIN,
      url: PLAIN,
      eventTypeNames: PLAIN,
      isEnabled: PLAIN,
      failStatus: PLAIN,
      expireAt: PLAIN,
      createdAt: PLAIN,
      updatedAt: PLAIN,
      createdBy: PLAIN,
      updatedBy: PLAIN,
    } satisfies FieldPolicies<Webhook>,
  },
  WebhookEventType: {
    fields: {
      id: PLAIN,
      name: PLAIN,
      usableTenantWebhook: PLAIN,
      usableCustomerAdminWebhook: PLAIN,
      usableNodeWebhook: PLAIN,
      usablePushNotification: PLAIN,
    } satisfies FieldPolicies<WebhookEventType>,
  },
  UserInfo: {
    directives: '@shareable',
    fields: {
      id: PLAIN,
      userType: SINCE_4_11,
      firstName: SINCE_4_11,
      lastName: SINCE_4_11,
      userName: { firstVersion: '4.13.0' },
      email: SINCE_4_11,
      avatarUuid: SINCE_4_11,
      displayName: FROM_THE_START,
      title: FROM_THE_START,
    } satisfies FieldPolicies<UserInfo>,
  },
  ...connectionPolicy('Webhook'),

  Query: {
    fields: {
      webhook: {
        ...READ,
        directives: ONE_REQUEST,
        upstream: ['requestTenantWebhook', 'requestListOfTenantWebhooks'],
      },
      webhooks: {
        ...READ,
        directives: `${ONE_REQUEST} ${PAGE} ${NULL_BY_ERROR}`,
        upstream: ['requestListOfTenantWebhooks'],
        requests: 1,
      },
      webhookEventTypes: {
        ...READ,
        directives: `${ONE_REQUEST} ${FEW} ${NULL_BY_ERROR}`,
        upstream: ['requestListOfEventTypesForTenant'],
        requests: 1,
        assumedItems: 25,
      },
    } satisfies FieldPolicies<WebhookResolver>,
  },

  Mutation: {
    fields: {
      createWebhook: { ...CHANGE, upstream: ['createTenantWebhook'] },
      updateWebhook: { ...CHANGE, upstream: ['updateTenantWebhook'] },
      deleteWebhook: { ...CHANGE, upstream: ['removeTenantWebhook'] },
      resetWebhookLifetime: { ...CHANGE, upstream: ['resetTenantWebhookLifetime'] },
    } satisfies FieldPolicies<WebhookMutations>,
  },
  CreateWebhookInput: { fields: { secret: SECRET } },
  UpdateWebhookInput: { fields: { secret: SECRET } },
};
