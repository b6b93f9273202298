import { baseUrl, credential, headerName, integer, oneOf, subgraphName, webhookSecrets, text } from '../parsers.js';
import { secretVariable, variable } from '../variable.js';

/** What happens to customers: webhooks, looks for changes, subscriptions. */
export const EVENT_VARIABLES = {
  WEBHOOK_SECRETS: secretVariable(
    webhookSecrets,
    'Secrets of the webhooks that the upstream sends to /webhooks/dracoon, separated by commas, so that they can be rotated. If unset, the path does not exist.',
  ),
  WEBHOOK_SIGNATURE_HEADER: variable(headerName, 'X-DRACOON-Signature', 'The header that signs a delivery.'),
  WEBHOOK_SIGNATURE_PREFIX: variable(text, 'SHA256=', 'Prefix of the digest in that header.'),
  WEBHOOK_SIGNATURE_ENCODING: variable(
    oneOf(['base64', 'hex']),
    'base64',
    'How the digest, HMAC-SHA256 of the body, is written there: base64 or hex.',
  ),
  WEBHOOK_REPLAY_SECONDS: variable(
    integer(60, 604_800),
    '86400',
    'For how long a delivery is remembered; one that comes again meanwhile is acknowledged and has no effect.',
  ),
  WEBHOOK_AUTO_RENEW: variable(
    oneOf(['true', 'false']),
    'false',
    'Whether the gateway renews the lifetime of its webhook when a delivery announces its expiry: true or false.',
  ),
  CHANGE_POLL_SECONDS: variable(
    integer(0, 86_400),
    '0',
    "Seconds between polls for customers that were changed elsewhere, by one replica for all, with the gateway's own token; 0 for none. A poll is one upstream request if little has changed.",
  ),
  ROUTER_INVALIDATION_URL: variable(
    baseUrl,
    undefined,
    'Address of an Apollo Router that removes responses from its cache. The gateway sends it the tags of customers that have changed, and its responses carry these tags.',
  ),
  ROUTER_INVALIDATION_KEY: secretVariable(credential, 'The shared key of that address.'),
  ROUTER_SUBGRAPH_NAME: variable(subgraphName, 'dracoon', 'Name of this subgraph in the supergraph of that router.'),
  MAX_LIVE_CONNECTIONS: variable(
    integer(0, 1_000_000),
    '5000',
    'Connections for subscriptions that are open at once, WebSockets and streams; more are refused, those of the caller with most first.',
  ),
  MAX_CONNECTION_SUBSCRIPTIONS: variable(integer(1, 10_000), '50', 'Subscriptions on one WebSocket.'),
  MAX_EVENT_UPSTREAM_REQUESTS: variable(
    integer(1, 10_000_000),
    '3000',
    'Upstream requests that events may cost one caller at once and, on average, a minute; past it, fields of an event that need more are errors.',
  ),
  LIVE_CHECK_SECONDS: variable(
    integer(1, 86_400),
    '300',
    'Approximate interval for checking the credential of connected callers with the upstream, once for all connections of a caller.',
  ),
};
