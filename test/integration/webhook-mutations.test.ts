import { graphql } from '../gql/gql.js';
import { startStack, type Stack } from '../support/start-stack.js';

const CREATE_WEBHOOK = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) {
      webhook {
        id
        name
        url
        isEnabled
        eventTypeNames
        expireAt
      }
      userErrors {
        code
        field
        upstreamCode
      }
    }
  }
`);

const WEBHOOK_LIFE = graphql(`
  mutation WebhookLife($id: ID!) {
    updateWebhook(input: { id: $id, name: "Renamed", isEnabled: false }) {
      webhook {
        name
        isEnabled
      }
      userErrors {
        code
      }
    }
    resetWebhookLifetime(input: { id: $id }) {
      webhook {
        expireAt
      }
      userErrors {
        code
      }
    }
    deleteWebhook(input: { id: $id }) {
      deletedWebhookId
      userErrors {
        code
      }
    }
    gone: deleteWebhook(input: { id: $id }) {
      deletedWebhookId
      userErrors {
        code
        field
        upstreamCode
      }
    }
  }
`);

let stack: Stack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.close());

describe('webhooks', () => {
  const input = {
    name: 'CRM',
    url: 'https://crm.example.com/hook',
    eventTypeNames: ['customer.created'],
    secret: 's3cret',
  };

  it('are created, changed, renewed and deleted', async () => {
    const { createWebhook } = await stack.data(CREATE_WEBHOOK, { input });
    expect(createWebhook).toMatchObject({
      webhook: { name: 'CRM', url: input.url, eventTypeNames: ['customer.created'] },
      userErrors: [],
    });
    const id = createWebhook.webhook?.id ?? '';
    expect(await stack.data(WEBHOOK_LIFE, { id })).toEqual({
      updateWebhook: { webhook: { name: 'Renamed', isEnabled: false }, userErrors: [] },
      resetWebhookLifetime: { webhook: { expireAt: expect.any(String) as string }, userErrors: [] },
      deleteWebhook: { deletedWebhookId: id, userErrors: [] },
      gone: {
        deletedWebhookId: null,
        userErrors: [{ code: 'WEBHOOK_NOT_FOUND', field: ['input', 'id'], upstreamCode: -91000 }],
      },
    });
  });

  it.each([
    ['a URL that is not https', { url: 'http://crm.example.com' }, 'INVALID_URL', ['input', 'url'], -80010],
    [
      'an unknown event',
      { eventTypeNames: ['customer.moved'] },
      'INVALID_EVENT_TYPE',
      ['input', 'eventTypeNames'],
      -80060,
    ],
    ['a name of 151 characters', { name: 'x'.repeat(151) }, 'TOO_LONG', ['input', 'name'], -80007],
  ])('answers %s as a user error', async (_, change, code, field, upstreamCode) => {
    const { createWebhook } = await stack.data(CREATE_WEBHOOK, { input: { ...input, ...change } });
    expect(createWebhook).toEqual({ webhook: null, userErrors: [{ code, field, upstreamCode }] });
  });

  it('are limited in number', async () => {
    const full = await startStack({ sandbox: { webhookLimit: 0 } });
    try {
      const { createWebhook } = await full.data(CREATE_WEBHOOK, { input });
      expect(createWebhook.userErrors).toEqual([{ code: 'TOO_MANY_WEBHOOKS', field: null, upstreamCode: -91001 }]);
    } finally {
      await full.close();
    }
  });
});
