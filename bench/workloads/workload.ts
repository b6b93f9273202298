import type { DialectName } from './dialects.js';
import type { HttpRequest } from './http-request.js';

/** One kind of operation that every target is asked for, in as many variants as keep equal reads apart. */
export interface Workload {
  /** `W1`, or `W1+5ms` with latency of the upstream. */
  id: string;
  title: string;
  /** Connections of the default run. */
  connections: number;
  /** Delay of each upstream answer. */
  latencyMs: number;
  /** Customers or look-ups in one answer. */
  items: number;
  /** Whether every request has a document that no server has seen. */
  isUnique: boolean;
  variants: number;
  request(dialect: DialectName, variant: number): HttpRequest;
  /** The customers in an answer's body, in the order they were asked for, with names and values alike for all. */
  rows(dialect: DialectName, body: string, variant: number): unknown[];
}

/** The ten digits in a document which make it a new one. */
export const UNIQUE_PLACE = '0000000000';
