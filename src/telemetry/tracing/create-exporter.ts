import { request } from 'undici';
import type { Logger } from '../logger.js';
import type { SpanRecord } from './span.js';
import { toOtlp } from './to-otlp.js';

export interface ExporterOptions {
  /** Base URL of a collector that takes OTLP by HTTP. */
  endpoint: URL;
  /** Such as a credential. */
  headers: Readonly<Record<string, string>>;
  serviceName: string;
  logger: Logger;
}

export interface Exporter {
  /** Takes a span; drops it where too many wait already. */
  add(span: SpanRecord): void;
  /** Sends what is left, and takes no more. */
  close(): Promise<void>;
}

/** As OpenTelemetry's own batches are. */
const MAX_QUEUE = 2_048;
const MAX_BATCH = 512;
const INTERVAL_MS = 5_000;
const TIMEOUT_MS = 10_000;

/** Sends spans to a collector, in batches, behind all requests. A collector that is away costs the spans, nothing else. */
export function createExporter({ endpoint, headers, serviceName, logger }: ExporterOptions): Exporter {
  const url = new URL(endpoint);
  url.pathname = `${endpoint.pathname.replace(/\/+$/, '')}/v1/traces`;
  const queue: SpanRecord[] = [];
  let isAway = false;
  let dropped = 0;
  let sending: Promise<void> | undefined;

  async function send(spans: readonly SpanRecord[]): Promise<void> {
    const { statusCode, body } = await request(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(toOtlp(serviceName, spans)),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    await body.dump();
    if (statusCode < 200 || statusCode > 299) throw new Error(String(statusCode));
  }

  async function sendAll(): Promise<void> {
    while (queue.length > 0) {
      const spans = queue.splice(0, MAX_BATCH);
      try {
        await send(spans);
        if (isAway) logger.info({ dropped }, 'traces are exported again');
        isAway = false;
        dropped = 0;
      } catch {
        dropped += spans.length;
        if (!isAway) logger.warn({}, 'traces cannot be exported');
        isAway = true;
        return;
      }
    }
  }

  function flush(): Promise<void> {
    return (sending ??= sendAll().finally(() => (sending = undefined)));
  }

  const timer = setInterval(() => void flush(), INTERVAL_MS);
  timer.unref();
  return {
    add(span) {
      if (queue.length >= MAX_QUEUE) dropped += 1;
      else queue.push(span);
      if (queue.length === MAX_BATCH) void flush();
    },
    async close() {
      clearInterval(timer);
      await flush();
      await flush();
    },
  };
}
