import type { Values } from './variables.js';

export function toWebhooks(values: Values) {
  const { WEBHOOK_SECRETS: secrets } = values;
  if (!secrets) return undefined;
  return Object.freeze({
    /** Any of them may have signed a delivery. */
    secrets,
    /** In lower case. */
    signatureHeader: values.WEBHOOK_SIGNATURE_HEADER,
    signature: Object.freeze({
      prefix: values.WEBHOOK_SIGNATURE_PREFIX,
      encoding: values.WEBHOOK_SIGNATURE_ENCODING,
    }),
    /** For how long a delivery that comes again is known. */
    replaySeconds: values.WEBHOOK_REPLAY_SECONDS,
    autoRenew: values.WEBHOOK_AUTO_RENEW === 'true',
  });
}

/** How the upstream's webhooks are received. */
export type WebhookConfig = NonNullable<ReturnType<typeof toWebhooks>>;
