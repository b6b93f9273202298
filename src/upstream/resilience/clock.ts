/** A monotonic clock in milliseconds, such as `performance`. */
export interface Clock {
  now(): number;
}
