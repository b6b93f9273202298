import { headerName, integer, oneOf, webhookSecrets } from '../parsers.js';
import { secretVariable, variable } from '../variable.js';

/** What happens to customers: webhooks, looks for changes, subscriptions. */
export const EVENT_VARIABLES = {
  WEBHOOK_SECRETS: secretVariable(
    webhookSecrets,
    'Secrets of the webhooks that the upstream sends to /webhooks/dracoon, between commas, so that one can follow another. Left out, there is nothing at that path.',
  ),
  WEBHOOK_SIGNATURE_HEADER: variable(headerName, 'X-DRACOON-Signature', 'The header that signs a delivery.'),
  WEBHOOK_SIGNATURE_PREFIX: variable(String, 'SHA256=', 'What stands in that header in front of the digest.'),
  WEBHOOK_SIGNATURE_ENCODING: variable(
    oneOf(['base64', 'hex'] as const),
    'base64',
    'How the digest, HMAC-SHA256 of the body, is written there: base64 or hex.',
  ),
  WEBHOOK_REPLAY_SECONDS: variable(
    integer(60, 604_800),
    '86400',
    'For how long a delivery is remembered; one that comes again meanwhile is acknowledged and has no effect.',
  ),
  WEBHOOK_AUTO_RENEW: variable(
    oneOf(['true', 'false'] as const),
    'false',
    "Whether the gateway starts its webhook's lifetime anew when it is told that it expires: true or false.",
  ),
  CHANGE_POLL_SECONDS: variable(
    integer(0, 86_400),
    '0',
    "Seconds between looks for customers that were changed elsewhere, by one replica for all, with the gateway's own token; 0 for none. A look is one upstream request where little has changed.",
  ),
  MAX_LIVE_CONNECTIONS: variable(
    integer(0, 1_000_000),
    '5000',
    'Connections for subscriptions that are open at once, WebSockets and streams; more are refused.',
  ),
  MAX_CONNECTION_SUBSCRIPTIONS: variable(integer(1, 10_000), '50', 'Subscriptions on one WebSocket.'),
};
