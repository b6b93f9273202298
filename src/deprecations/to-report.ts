import type { DeprecatedElement } from './deprecated-element.js';
import { judgeRemoval, type Verdict } from './judge-removal.js';
import type { ClientUses, ElementUsage } from './usage-store.js';

/** Who still uses what is deprecated; as JSON, the answer of `GET /deprecations`. Times are ISO 8601 in UTC. */
export interface DeprecationReport {
  at: string;
  windowDays: number;
  /** Whose uses are counted: this process's, or those of everyone who shares the Redis. */
  scope: 'process' | 'shared';
  elements: readonly ElementReport[];
}

export interface ElementReport {
  coordinate: string;
  reason: string;
  /** Days, or null if there is none. */
  since: string | null;
  sunset: string | null;
  observedSince: string | null;
  uses: number;
  lastUsedAt: string | null;
  verdict: Verdict;
  because: string;
  /** Who uses it, the latest first. */
  clients: readonly ClientReport[];
}

export interface ClientReport {
  /** Null if the client does not say. */
  name: string | null;
  version: string | null;
  uses: number;
  firstUsedAt: string;
  lastUsedAt: string;
}

export interface ReportFacts {
  elements: Iterable<DeprecatedElement>;
  usage: ReadonlyMap<string, ElementUsage>;
  /** Milliseconds of the epoch. */
  now: number;
  windowDays: number;
  isShared: boolean;
  /** Whether nothing that other workers count is left out. */
  isWhole: boolean;
}

const toInstant = (time: number): string => new Date(time).toISOString();
const toInstantOrNull = (time: number | undefined): string | null => (time === undefined ? null : toInstant(time));

/** A day as the dates of deprecations have it; null if there is none. */
export const toDayOrNull = (time: number | undefined): string | null => toInstantOrNull(time)?.slice(0, 10) ?? null;

const toClientReport = ({ client, count, firstAt, lastAt }: ClientUses): ClientReport => ({
  name: client.name ?? null,
  version: client.version ?? null,
  uses: count,
  firstUsedAt: toInstant(firstAt),
  lastUsedAt: toInstant(lastAt),
});

/** Elements in the order of their coordinates. */
export function toReport({ elements, usage, now, windowDays, isShared, isWhole }: ReportFacts): DeprecationReport {
  const toElement = ({ coordinate, reason, sinceMs, sunsetMs }: DeprecatedElement): ElementReport => {
    const { observedSince, clients = [] } = usage.get(coordinate) ?? {};
    const latestFirst = [...clients].sort((one, other) => other.lastAt - one.lastAt);
    const lastUsedAt = latestFirst[0]?.lastAt;
    return {
      coordinate,
      reason,
      since: toDayOrNull(sinceMs),
      sunset: toDayOrNull(sunsetMs),
      observedSince: toInstantOrNull(observedSince),
      uses: clients.reduce((sum, { count }) => sum + count, 0),
      lastUsedAt: toInstantOrNull(lastUsedAt),
      ...judgeRemoval({ now, windowDays, observedSince, lastUsedAt, sunsetMs, isWhole }),
      clients: latestFirst.map(toClientReport),
    };
  };
  const byCoordinate = [...elements].sort((one, other) => (one.coordinate < other.coordinate ? -1 : 1));
  return {
    at: toInstant(now),
    windowDays,
    scope: isShared ? 'shared' : 'process',
    elements: byCoordinate.map(toElement),
  };
}
