import { isErrorCode } from '../../src/errors/error-codes.js';
import type { Figures } from './figures.js';

/** What a phase must hold, beside what every phase must hold. */
export interface Bounds {
  readonly minShare?: number;
  readonly minReadShare?: number;
  readonly minOthersShare?: number;
  readonly maxGetsPerRead?: number;
  readonly maxP99Ms?: number;
  readonly maxMs?: number;
  readonly maxOthersMs?: number;
  readonly maxRecoveryMs?: number;
  readonly maxGrowthBytes?: number;
  readonly passesRetryAfter?: boolean;
}

/** How far bounds give way on a machine whose speed no one knows and in phases of few requests. */
export interface Slack {
  /** Multiplies bounds of time. */
  readonly time: number;
  /** Multiplies bounds of memory. */
  readonly memory: number;
  /** Multiplies bounds of GETs per read. */
  readonly gets: number;
  /** Taken off bounds of shares: a gateway whose machine stalls rightly sheds. */
  readonly share: number;
}

export const NO_SLACK: Slack = { time: 1, memory: 1, gets: 1, share: 0 };

const MEBIBYTE = 1024 * 1024;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const milliseconds = (value: number): string => `${Math.round(value)} ms`;
const mebibytes = (value: number): string => `${Math.round(value / MEBIBYTE)} MiB`;

function tooLow(what: string, value: number, bound: number | undefined, slack: Slack): string[] {
  if (bound === undefined) return [];
  const least = bound - slack.share;
  return value >= least ? [] : [`${what}: ${percent(value)}, below ${percent(least)}`];
}

function tooHigh(
  what: string,
  value: number,
  bound: number | undefined,
  factor: number,
  write: (value: number) => string,
): string[] {
  const most = (bound ?? Infinity) * factor;
  return value <= most ? [] : [`${what}: ${write(value)}, above ${write(most)}`];
}

/** What every phase must hold. */
function alwaysBroken(figures: Figures): string[] {
  const { sent, answered, codes, leaks, createdTwice, isAlive } = figures;
  const unstable = [...codes.keys()].filter((code) => !isErrorCode(code) || code === 'INTERNAL_SERVER_ERROR');
  return [
    ...(answered === sent ? [] : [`${sent - answered} unanswered`]),
    ...unstable.map((code) => `code ${code}`),
    ...leaks.map((leak) => `leak of ${leak}`),
    ...createdTwice.map((name) => `sent twice: ${name}`),
    ...(isAlive ? [] : ['the gateway has ended']),
  ];
}

/** Every bound that is broken, in words; none when all hold. `code` is one that clients must have met. */
export function judge(figures: Figures, bounds: Bounds, code: string | undefined, slack: Slack): string[] {
  const { time, memory, gets } = slack;
  return [
    ...alwaysBroken(figures),
    ...(code === undefined || figures.codes.has(code) ? [] : [`no one met ${code}`]),
    ...tooLow('successful', figures.share, bounds.minShare, slack),
    ...tooLow('successful reads', figures.readShare, bounds.minReadShare, slack),
    ...tooLow('successful reads of others', figures.othersShare, bounds.minOthersShare, slack),
    ...tooHigh('GETs per read', figures.getsPerRead, bounds.maxGetsPerRead, gets, (value) => value.toFixed(2)),
    ...tooHigh('p99', figures.p99Ms, bounds.maxP99Ms, time, milliseconds),
    ...tooHigh('longest wait', figures.maxMs, bounds.maxMs, time, milliseconds),
    ...tooHigh('longest wait of others', figures.othersMs, bounds.maxOthersMs, time, milliseconds),
    ...tooHigh('recovery', figures.recoveryMs ?? 0, bounds.maxRecoveryMs, time, milliseconds),
    ...tooHigh('growth', figures.growthBytes, bounds.maxGrowthBytes, memory, mebibytes),
    ...(bounds.passesRetryAfter && figures.withoutRetryAfter > 0
      ? [`${figures.withoutRetryAfter} failures without retryAfterSeconds`]
      : []),
  ];
}
