import { setTimeout as pause } from 'node:timers/promises';
import { fetch } from 'undici';
import type { RouterConfig } from '../config/router-settings.js';
import type { EventBus } from '../events/event-bus.js';
import { tagsOfEvent } from '../operations/rules/router-cache.js';
import type { Logger } from '../telemetry/logger.js';

/** Before each attempt: events that come together are one request. */
const PAUSES_MS = [20, 500, 2_000, 5_000];
const TIMEOUT_MS = 5_000;

/** Why an attempt failed, and whether another one may succeed; undefined if it succeeded. */
async function send(
  { url, key, subgraph }: RouterConfig,
  tags: ReadonlySet<string>,
): Promise<{ reason: string; isFinal: boolean } | undefined> {
  const body = JSON.stringify([...tags].map((tag) => ({ kind: 'cache_tag', subgraphs: [subgraph], cache_tag: tag })));
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: key, 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    const { ok, status } = response;
    if (ok) return undefined;
    return { reason: `status ${status}`, isFinal: status < 500 && status !== 408 && status !== 429 };
  } catch (error) {
    const { cause, name } = error as Error & { cause?: { code?: string } };
    return { reason: cause?.code ?? name, isFinal: false };
  }
}

/** Has a router forget what events make old. One request at a time; what fails is tried a few times, together with what has come since. */
export function invalidateRouter(
  config: RouterConfig | undefined,
  events: EventBus,
  logger: Logger,
): { close(): Promise<void> } | undefined {
  if (!config) return undefined;
  let pending = new Set<string>();
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    for (let attempt = 0; pending.size > 0;) {
      await pause(PAUSES_MS[attempt] ?? 0);
      const tags = pending;
      pending = new Set();
      const failure = await send(config as RouterConfig, tags);
      attempt = failure ? attempt + 1 : 0;
      if (!failure) continue;
      if (failure.isFinal || attempt === PAUSES_MS.length) {
        logger.warn({ reason: failure.reason, tags: tags.size }, 'the cache of the router could not be invalidated');
        attempt = 0;
      } else pending = new Set([...tags, ...pending]);
    }
    running = undefined;
  }

  const stop = events.subscribe((event) => {
    for (const tag of tagsOfEvent(event)) pending.add(tag);
    running ??= run();
  });
  return {
    async close() {
      stop();
      await running;
    },
  };
}
