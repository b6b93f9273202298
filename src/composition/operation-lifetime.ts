import type { ServerResponse } from 'node:http';
import { Lifetime, TimedLifetime } from '../upstream/resilience/lifetime.js';

/** Until the client has gone before it was answered. */
export function lifetimeOf(response: ServerResponse, timeoutMs: number): Lifetime {
  const lifetime = new Lifetime(performance.now() + timeoutMs);
  response.on('close', () => {
    if (!response.writableFinished) lifetime.end('aborted');
  });
  return lifetime;
}

/** A lifetime that ends with another one, and by itself at the deadline of that. */
export function timedWithin(outer: Lifetime): TimedLifetime {
  const timed = new TimedLifetime(outer.deadlineAt);
  outer.listen({ onEnd: (ending) => timed.end(ending) });
  return timed;
}
