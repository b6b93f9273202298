/** What reached the upstream since the last time it was asked. */
export interface UpstreamCounts {
  requests: number;
  /** Requests whose answer was not known yet, which cost more than a replay. */
  misses: number;
}
