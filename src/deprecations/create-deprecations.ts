import type { GraphQLSchema } from 'graphql';
import type { IncomingHttpHeaders } from 'node:http';
import { type ClientIdentity, toClientIdentity } from '../telemetry/request-observer.js';
import { createUsageCounter } from './create-usage-counter.js';
import { createFindUses, type DeprecatedUses, type FindUses } from './find-uses.js';
import { listDeprecated, type Dates } from './list-deprecated.js';
import { toReport, type DeprecationReport } from './to-report.js';
import type { UsageStore } from './usage-store.js';

/** One use of one deprecated element by one request. */
export interface DeprecatedUse {
  coordinate: string;
  client: ClientIdentity;
}

export interface Deprecations {
  /** What requests of an operation use. */
  findUses: FindUses;
  /** Counts what one request has used, for the client that its headers name. */
  count(uses: DeprecatedUses, headers: IncomingHttpHeaders): void;
  /** Calls the listener with each use, as it is counted. */
  onUse(listener: (use: DeprecatedUse) => void): void;
  /** @throws if the counts cannot be read */
  report(windowDays: number): Promise<DeprecationReport>;
  /** Hands on what was counted last. */
  close(): Promise<void>;
}

export interface DeprecationsOptions {
  schema: GraphQLSchema;
  dates: Dates;
  store: UsageStore;
  /** Whether other replicas count in the same store. */
  isShared: boolean;
  /** Whether nothing that other workers count is left out. */
  isWhole: boolean;
  /** Milliseconds of the epoch. */
  now: () => number;
}

/** Counts who uses what a schema deprecates, and tells. */
export function createDeprecations(options: DeprecationsOptions): Deprecations {
  const { schema, dates, store, isShared, isWhole, now } = options;
  const elements = listDeprecated(schema, dates);
  const counter = createUsageCounter(store, [...elements.keys()], now);
  const listeners: ((use: DeprecatedUse) => void)[] = [];

  return {
    findUses: createFindUses(schema, elements),
    count(uses, headers) {
      const client = toClientIdentity(headers);
      for (const { coordinate } of uses.elements) {
        counter.count(coordinate, client);
        for (const listener of listeners) listener({ coordinate, client });
      }
    },
    onUse: (listener) => void listeners.push(listener),
    async report(windowDays) {
      const usage = await counter.read();
      return toReport({ elements: elements.values(), usage, now: now(), windowDays, isShared, isWhole });
    },
    close: () => counter.close(),
  };
}
