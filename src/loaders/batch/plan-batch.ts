/** One customer that a batch has to answer, and what of it. */
export interface CustomerNeed {
  id: string;
  attributes: boolean;
}

/** What is known of the upstream for this caller when a batch is planned. */
export interface UpstreamFacts {
  /** Customers the caller can see; undefined until a list has told. */
  total: number | undefined;
  /** Whether `id:eq:1:2:3` answers all of its ids; the upstream does not document it. */
  multiIdFilter: 'works' | 'fails' | 'unknown';
  /** Customers that one list request brings at most. */
  pageSize: number;
  /** Observed time of one single read and of one full page, in milliseconds. */
  singleMs: number;
  pageMs: number;
  /** Requests that can be under way at once. */
  concurrency: number;
}

/** Where a batch stands: its open needs and what it has spent on finding out. */
export interface BatchState {
  needs: readonly CustomerNeed[];
  /** Customers from the start of the list that the batch has read already. */
  scanned: number;
  /** Whether a request has gone into a probe or an exploration. */
  hasExplored: boolean;
  /** Requests that the operation may still make. */
  remainingRequests: number;
}

export type BatchCall =
  | { kind: 'single'; id: string; attributes: boolean }
  | { kind: 'filter'; ids: readonly string[]; attributes: boolean }
  | { kind: 'page'; offset: number; attributes: boolean };

export interface BatchPlan {
  strategy: 'single' | 'filter' | 'pages' | 'probe' | 'explore';
  calls: readonly BatchCall[];
  /** Why, in words for people who tune. */
  reason: string;
}

/** Longest list of ids in one filter after URL encoding: keeps URLs far below the 8 kB that proxies commonly allow. */
const MAX_FILTER_CHARACTERS = 6_000;
const ENCODED_SEPARATOR_CHARACTERS = 3;

/** With more needs than this, reading a page to learn the total costs at most 5 % more requests. */
const EXPLORE_ABOVE = 20;

const wantsAttributes = (needs: readonly CustomerNeed[]): boolean => needs.some(({ attributes }) => attributes);

function singleCalls(needs: readonly CustomerNeed[]): BatchCall[] {
  return needs.map(({ id, attributes }) => ({ kind: 'single', id, attributes }));
}

function filterCalls(needs: readonly CustomerNeed[], pageSize: number): BatchCall[] {
  const chunks: CustomerNeed[][] = [];
  let room = 0;
  for (const need of needs) {
    const characters = need.id.length + ENCODED_SEPARATOR_CHARACTERS;
    const current = chunks.at(-1);
    if (!current || room < characters || current.length === pageSize) {
      chunks.push([need]);
      room = MAX_FILTER_CHARACTERS - characters;
    } else {
      current.push(need);
      room -= characters;
    }
  }
  return chunks.map((chunk) => ({
    kind: 'filter',
    ids: chunk.map(({ id }) => id),
    attributes: wantsAttributes(chunk),
  }));
}

const pagesBetween = (from: number, total: number, pageSize: number): number =>
  Math.max(0, Math.ceil((Math.max(total, 1) - from) / pageSize));

/** The pages that hold the customers from `scanned` to `total`. */
function pageCalls({ needs, scanned }: BatchState, total: number, pageSize: number): BatchCall[] {
  return Array.from({ length: pagesBetween(scanned, total, pageSize) }, (_, index) => ({
    kind: 'page',
    offset: scanned + index * pageSize,
    attributes: wantsAttributes(needs),
  }));
}

/** Pages are heavy: one request more is well spent where single reads are done sooner. */
function prefersSingles(singles: number, pages: number, state: BatchState, facts: UpstreamFacts): boolean {
  if (singles <= pages) return true;
  if (singles > pages + 1 || state.hasExplored) return false;
  const rounds = (calls: number): number => Math.ceil(calls / facts.concurrency);
  return rounds(singles) * facts.singleMs <= rounds(pages) * facts.pageMs;
}

function planSingles({ needs }: BatchState): BatchPlan {
  return { strategy: 'single', calls: singleCalls(needs), reason: `${needs.length} single read(s)` };
}

/**
 * All remaining pages if the total is known; one page to learn it where that may pay. Undefined if there would be
 * more of them than single reads: a total that the upstream made up must not be worked through, not even on paper.
 */
function planLists(state: BatchState, { total, pageSize }: UpstreamFacts): BatchPlan | undefined {
  const { needs, scanned } = state;
  if (total !== undefined) {
    if (pagesBetween(scanned, total, pageSize) > needs.length) return undefined;
    const calls = pageCalls(state, total, pageSize);
    const rest = scanned > 0 ? 'the rest of ' : '';
    const reason = `${calls.length} page(s) hold ${rest}${total} customers, and ${needs.length} ids are open`;
    return calls.length > 0 ? { strategy: 'pages', calls, reason } : undefined;
  }
  if (needs.length <= EXPLORE_ABOVE || scanned > 0) return undefined;
  const calls = pageCalls(state, 1, pageSize);
  return { strategy: 'explore', calls, reason: 'not yet known how many customers there are' };
}

function planFilter(state: BatchState, facts: UpstreamFacts): BatchPlan | undefined {
  const { needs } = state;
  const calls = filterCalls(needs, facts.pageSize);
  const [first] = calls;
  if (facts.multiIdFilter === 'works') {
    return { strategy: 'filter', calls, reason: `${needs.length} ids in ${calls.length} filter(s)` };
  }
  const onePageHoldsAll = facts.total !== undefined && facts.total <= facts.pageSize;
  if (facts.multiIdFilter === 'fails' || onePageHoldsAll || !first) return undefined;
  return { strategy: 'probe', calls: [first], reason: 'not yet known whether a filter takes several ids' };
}

/**
 * The fewest upstream calls that answer the open needs of a batch, or the one call that finds out what is missing for
 * that. Undefined if none fits into the operation's remaining requests. Pure.
 *
 * With the total known, a batch makes at most min(keys, pages) + 1 calls, and one more for each key that no list held.
 */
export function planBatch(state: BatchState, facts: UpstreamFacts): BatchPlan | undefined {
  const listed = planLists(state, facts);
  const singles = planSingles(state);
  const filtered = state.needs.length > 1 ? planFilter(state, facts) : undefined;

  const byPreference =
    listed && !prefersSingles(singles.calls.length, listed.calls.length, state, facts)
      ? [listed, singles]
      : [singles, ...(listed ? [listed] : [])];
  const [best = singles] = byPreference;
  const isComplete = best.strategy !== 'explore';
  const filterFirst =
    filtered && (filtered.strategy === 'probe' || !isComplete || filtered.calls.length <= best.calls.length);
  const candidates = filterFirst ? [filtered, ...byPreference] : [...byPreference, ...(filtered ? [filtered] : [])];
  return candidates.find((plan) => plan.calls.length <= state.remainingRequests);
}
