const DAY_MS = 86_400_000;

/**
 * Whether an element may be removed: `in-use` and `promised` say no, `unproven` that no one knows yet, `safe` that no one
 * would notice.
 */
export type Verdict = 'in-use' | 'promised' | 'unproven' | 'safe';

/** Times in milliseconds of the epoch. */
export interface RemovalFacts {
  now: number;
  /** For how long no one may have used it. */
  windowDays: number;
  /** From when on every use was counted; undefined if that is not known. */
  observedSince: number | undefined;
  /** Undefined if no use is known. */
  lastUsedAt: number | undefined;
  sunsetMs: number | undefined;
  /** Whether uses in other processes of the gateway are known too. */
  isWhole: boolean;
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The first rule that applies decides: used in the window, promised to stay, not observed long enough; else it is safe. */
export function judgeRemoval(facts: RemovalFacts): { verdict: Verdict; because: string } {
  const { now, windowDays, observedSince, lastUsedAt, sunsetMs, isWhole } = facts;
  const windowStart = now - windowDays * DAY_MS;
  if (lastUsedAt !== undefined && lastUsedAt >= windowStart) {
    return { verdict: 'in-use', because: `It was used within the last ${windowDays} days.` };
  }
  if (sunsetMs !== undefined && sunsetMs > now) {
    return { verdict: 'promised', because: `Clients were promised that it stays until ${dayOf(sunsetMs)}.` };
  }
  if (!isWhole) {
    return { verdict: 'unproven', because: 'Each worker counts for itself; with REDIS_URL they count together.' };
  }
  if (observedSince === undefined)
    return { verdict: 'unproven', because: 'It is not known since when its uses are counted.' };
  if (observedSince > windowStart) {
    const because = `Its uses are observed since ${dayOf(observedSince)} only, which is less than ${windowDays} days.`;
    return { verdict: 'unproven', because };
  }
  return { verdict: 'safe', because: `No one used it within the last ${windowDays} days.` };
}
