import { AdaptiveLimit } from '../../src/upstream/resilience/concurrency-limiter.js';
import type { Clock } from '../../src/upstream/resilience/clock.js';
import { createCircuit } from '../../src/upstream/resilience/circuits.js';
import { Pace, createRetryBudget } from '../../src/upstream/resilience/retries.js';
import { UpstreamCredential } from '../../src/upstream/resilience/credential-trials.js';

/** A credential on its own, for what needs one besides a client that makes them. */
export function createCredential({
  maxConcurrency = 256,
  clock = performance,
}: { maxConcurrency?: number; clock?: Clock } = {}): UpstreamCredential {
  return new UpstreamCredential(new AdaptiveLimit(maxConcurrency, clock), new Pace(clock), (credential) => ({
    credential,
    circuit: createCircuit({ clock, onChange: () => undefined }),
    retries: createRetryBudget(clock),
  }));
}
