import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import type { Outcome } from './client.js';

/** What was counted beside the outcomes of a phase. */
export interface Observation {
  readonly outcomes: readonly Outcome[];
  /** Upstream GETs, once when the trouble ended and once when all was answered. */
  readonly getsWhileStruck: number;
  readonly gets: number;
  /** When the trouble ended, on the clock of `performance.now()`; undefined if there is no recovery to see. */
  readonly liftedAtMs: number | undefined;
  readonly growthBytes: number;
  /** How late the load itself was at most. */
  readonly lateMs: number;
  readonly createdTwice: readonly string[];
  readonly isAlive: boolean;
}

/** A phase in numbers. Shares are from 0 to 1, and 1 if there was nothing. */
export interface Figures {
  readonly sent: number;
  readonly answered: number;
  readonly share: number;
  readonly readShare: number;
  /** Of the reads by the caller that sends more than lists. */
  readonly othersShare: number;
  readonly othersMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** The higher one of: while struck, and over the whole phase. */
  readonly getsPerRead: number;
  /** Infinity if reads did not recover; undefined if there was nothing to recover from. */
  readonly recoveryMs: number | undefined;
  readonly growthBytes: number;
  /** How late the load itself was at most: noise in all times above. */
  readonly lateMs: number;
  /** How often clients met each code. */
  readonly codes: ReadonlyMap<string, number>;
  /** Failures that did not say how long to wait. */
  readonly withoutRetryAfter: number;
  readonly leaks: readonly string[];
  readonly createdTwice: readonly string[];
  readonly isAlive: boolean;
}

/** Successful reads in a row that count as recovered. */
export const RECOVERED_READS = 10;

const isRead = ({ kind }: Outcome): boolean => kind !== 'create';

const shareOf = (outcomes: readonly Outcome[]): number =>
  outcomes.length === 0 ? 1 : outcomes.filter(({ isGood }) => isGood).length / outcomes.length;

/** The smallest value that a share of the values does not exceed; 0 if there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/**
 * Time from the end of the trouble to the answer of the first of ten successful reads in a row, of those sent after it.
 * Infinity if there is no such row.
 */
export function recoveryMs(outcomes: readonly Outcome[], liftedAtMs: number): number {
  const reads = outcomes
    .filter((outcome) => isRead(outcome) && outcome.sentAtMs >= liftedAtMs)
    .sort((one, other) => one.sentAtMs - other.sentAtMs);
  const first = reads.find((_, index) => {
    const row = reads.slice(index, index + RECOVERED_READS);
    return row.length === RECOVERED_READS && row.every(({ isGood }) => isGood);
  });
  return first ? first.sentAtMs + first.tookMs - liftedAtMs : Infinity;
}

function countCodes(outcomes: readonly Outcome[]): Map<string, number> {
  const codes = new Map<string, number>();
  for (const { code } of outcomes.flatMap(({ errors }) => errors)) codes.set(code, (codes.get(code) ?? 0) + 1);
  return codes;
}

function getsPerRead({ outcomes, gets, getsWhileStruck, liftedAtMs }: Observation): number {
  const reads = outcomes.filter(isRead);
  const struck = reads.filter(({ sentAtMs }) => liftedAtMs === undefined || sentAtMs < liftedAtMs);
  return Math.max(gets / Math.max(reads.length, 1), getsWhileStruck / Math.max(struck.length, 1));
}

export function toFigures(observation: Observation): Figures {
  const { outcomes, liftedAtMs, growthBytes, lateMs, createdTwice, isAlive } = observation;
  const reads = outcomes.filter(isRead);
  const others = reads.filter(({ token }) => token === SANDBOX_TOKENS.first);
  const times = outcomes.map(({ tookMs }) => tookMs);
  return {
    sent: outcomes.length,
    answered: outcomes.filter(({ isAnswered }) => isAnswered).length,
    share: shareOf(outcomes),
    readShare: shareOf(reads),
    othersShare: shareOf(others),
    othersMs: Math.max(0, ...others.map(({ tookMs }) => tookMs)),
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    maxMs: Math.max(0, ...times),
    getsPerRead: getsPerRead(observation),
    recoveryMs: liftedAtMs === undefined ? undefined : recoveryMs(outcomes, liftedAtMs),
    growthBytes,
    lateMs,
    codes: countCodes(outcomes),
    withoutRetryAfter: outcomes
      .flatMap(({ errors }) => errors)
      .filter(({ retryAfterSeconds: seconds }) => !(typeof seconds === 'number' && seconds > 0)).length,
    leaks: [...new Set(outcomes.flatMap(({ leaks }) => leaks))],
    createdTwice,
    isAlive,
  };
}
