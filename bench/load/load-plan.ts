/** What the load generator is told to do, sent to its process as a message. */
export interface LoadPlan {
  port: number;
  /** Requests that are under way at once, each on a connection of its own. */
  connections: number;
  /** Whole HTTP requests, sent in turn. */
  requests: readonly Uint8Array[];
  /** Digits in each request that are replaced by a number not used before; undefined to send requests as they are. */
  uniquePlace: string | undefined;
  /** What the body of a good answer begins with. */
  expectedStart: string;
  /** Until when: for a time, or until each request has been sent so many times. */
  until: { seconds: number } | { requests: number };
}

export interface LoadResult {
  /** Answers within the time. */
  answers: number;
  /** Answers in all, with those that were still under way when the time was up. */
  answersInAll: number;
  /** Answers that were no 200 or began otherwise. */
  failures: number;
  seconds: number;
  p50Micros: number;
  p99Micros: number;
}
