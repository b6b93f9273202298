import type { Checked } from './checked-values.js';

/** How the upstream's webhooks are received. */
export interface WebhookConfig {
  /** Any of them may have signed a delivery. */
  secrets: readonly string[];
  /** In lower case. */
  signatureHeader: string;
  signature: { prefix: string; encoding: 'base64' | 'hex' };
  /** For how long a delivery that comes again is known. */
  replaySeconds: number;
  autoRenew: boolean;
}

export function toWebhooks(values: Checked): WebhookConfig | undefined {
  const { WEBHOOK_SECRETS: secrets } = values;
  if (!secrets) return undefined;
  return Object.freeze({
    secrets,
    signatureHeader: values.WEBHOOK_SIGNATURE_HEADER,
    signature: Object.freeze({
      prefix: values.WEBHOOK_SIGNATURE_PREFIX,
      encoding: values.WEBHOOK_SIGNATURE_ENCODING,
    }),
    replaySeconds: values.WEBHOOK_REPLAY_SECONDS,
    autoRenew: values.WEBHOOK_AUTO_RENEW === 'true',
  });
}
