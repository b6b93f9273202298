import { randomBytes } from 'node:crypto';
import { loadConfig } from '../config.js';
import { GatewayError } from '../errors/gateway-error.js';
import { toGatewayError } from '../errors/to-gateway-error.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import { CommandFailure, createCommand, UsageError } from './command.js';
import { connectUpstream } from './connect-upstream.js';
import { registerWebhook, type RegisteredWebhook } from './register-webhook.js';

const PATH = '/webhooks/dracoon';
const SECRET_BYTES = 32;

function toFailure(error: unknown): unknown {
  if (error instanceof UpstreamFailure) {
    const hint = error.outcomeUnknown ? ' If it was, its secret is lost: run this again with --rotate-secret.' : '';
    return new CommandFailure(`Registering the webhook failed. ${toGatewayError(error).message}${hint}`);
  }
  return error instanceof GatewayError ? new CommandFailure(`Registering the webhook failed. ${error.message}`) : error;
}

function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:') throw new UsageError('--url must be an https URL: the upstream calls no other.');
  if (url.username || url.password || url.hash) throw new UsageError('--url must hold no credentials or fragment.');
  if (url.pathname !== PATH) {
    console.error(
      `Note: the gateway takes webhooks at ${PATH}; a proxy in front of it must map ${url.pathname} to it.`,
    );
  }
}

const DONE: Readonly<Record<RegisteredWebhook['outcome'], string>> = {
  created: 'was created',
  updated: 'existed, and was changed',
  unchanged: 'exists, and needs no change',
};

/** All but what is to be set goes to stderr, so that stdout may be appended to a file. */
function tell({ id, outcome, secret, others }: RegisteredWebhook, present: string | undefined): void {
  console.error(`Webhook ${id} ${DONE[outcome]}.`);
  if (others.length > 0) console.error(`Webhooks ${others.join(', ')} have the same URL and may be deleted.`);
  if (secret === undefined) {
    console.error(
      'It keeps its secret, which cannot be shown because the upstream never returns secrets. --rotate-secret sets a new one.',
    );
    return;
  }
  console.error('Set this in the environment of the gateway, and restart it. The secret is not shown again.');
  if (present)
    console.error('Append the current secrets after a comma while deliveries signed with them may be repeated.');
  console.log(`WEBHOOK_SECRETS=${secret}`);
}

export const webhookRegister = createCommand({
  options: {
    url: {
      type: 'string',
      value: 'URL',
      isRequired: true,
      description: `Public address of the gateway's webhook path, such as https://gateway.example.com${PATH}`,
    },
    'rotate-secret': { type: 'boolean', description: 'Set a new secret if the webhook exists already' },
  },
  details: `Takes UPSTREAM_URL, and UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE, from the environment. The webhook is found by its URL:
running this again changes only what is missing.`,
  async run({ url, 'rotate-secret': rotatesSecret = false }) {
    checkUrl(url);
    const config = loadConfig(process.env);
    const { upstream, close } = await connectUpstream(config);
    try {
      console.error('Looking at the webhooks of the provider ...');
      const createSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
      const registered = await registerWebhook(upstream.webhooks, { url, createSecret, rotatesSecret });
      tell(registered, process.env['WEBHOOK_SECRETS']?.trim());
      return 0;
    } catch (error) {
      throw toFailure(error);
    } finally {
      await close();
    }
  },
});
