/** A part of the sources whose tests have to notice faults. */
export interface Room {
  /** Folders and files. */
  sources: readonly string[];
  /** Suites to ask after the unit tests, without `.test.ts`: each starts a gateway or a Redis. */
  suites: readonly string[];
}

export const ROOMS: Readonly<Record<string, Room>> = {
  auth: { sources: ['src/auth'], suites: ['auth/bearer-tokens', 'auth/challenges', 'auth/modes'] },
  loaders: {
    sources: ['src/loaders'],
    suites: ['auth/restricted-callers', 'integration/cache', 'integration/planner', 'redis/redis-uuid-store'],
  },
  commands: { sources: ['src/commands'], suites: ['integration/failed-writes', 'integration/customer-changes'] },
  cache: { sources: ['src/cache'], suites: ['integration/cache', 'redis/redis-cache'] },
  upstream: {
    sources: ['src/upstream', 'src/records'],
    suites: ['integration/resilience', 'integration/errors', 'integration/hostile-encodings'],
  },
  limits: {
    sources: ['src/operations/limits', 'src/operations/rules', 'src/operations/cost'],
    suites: ['integration/limits', 'integration/budget'],
  },
  subscriptions: {
    sources: ['src/subscriptions', 'src/http/subscriptions'],
    suites: ['subscriptions/customer-events', 'subscriptions/stream', 'subscriptions/web-socket'],
  },
  events: { sources: ['src/events'], suites: ['redis/redis-event-bus', 'subscriptions/customer-events'] },
  config: { sources: ['src/config.ts', 'src/config'], suites: ['auth/modes'] },
};
