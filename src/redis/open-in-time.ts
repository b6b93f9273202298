import { openLink, type Link } from './open-link.js';
import { RedisAway } from './redis.js';
import type { RedisTarget } from './redis-target.js';
import { within } from './within.js';

/** For a connection to stand, with its handshake. */
const CONNECT_TIMEOUT_MS = 1_000;

/**
 * Connects and reads the clock of Redis, both in a bounded time; else leaves nothing behind. `onLost` is reported once the
 * connection is lost after that.
 * @throws Error if Redis cannot be reached, refuses or is too slow
 */
export async function openInTime(
  target: RedisTarget,
  onLost: (link: Link, error: Error) => void,
): Promise<{ link: Link; sinceMicros: number }> {
  let unfinished: { destroy(): void } | undefined;
  let opened: Link | undefined;
  let lost: Error | undefined;

  async function open(): Promise<{ link: Link; sinceMicros: number }> {
    const link = await openLink({
      target,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      onOpening: (opening) => (unfinished = opening),
      onLost(error) {
        lost ??= error instanceof Error ? error : new RedisAway('a node is lost');
        if (opened) onLost(opened, lost);
      },
    });
    const sinceMicros = await link.clockMicros();
    if (lost) throw lost;
    opened = link;
    return { link, sinceMicros };
  }

  try {
    return await within(open(), CONNECT_TIMEOUT_MS);
  } catch (error) {
    unfinished?.destroy();
    throw error;
  }
}
