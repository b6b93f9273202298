import { isIntact } from '../../errors/contract-violation.js';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { Upstream } from '../../upstream/upstream.js';
import { MAX_PAGE_SIZE } from '../../upstream/paging.js';
import { isAbsence } from '../absent.js';
import type { CustomerRecord } from '../customer-record.js';
import { resultOf, toError } from '../result-of.js';
import { toPage } from '../to-page.js';
import type { BatchCall, CustomerNeed } from './plan-batch.js';

export interface SingleResult {
  kind: 'single';
  id: string;
  result: CustomerRecord | null | Error;
}

/** What one call of a plan brought. A refused filter is one that the upstream rejects as malformed. */
export type CallResult =
  | SingleResult
  | { kind: 'list'; call: BatchCall; records: readonly CustomerRecord[]; total: number | undefined }
  | { kind: 'failed'; call: BatchCall; error: Error; refused: boolean };

/** Statuses that speak of the caller, the load or the server rather than of the filter. */
const NOT_ABOUT_THE_FILTER = new Set([401, 403, 408, 429]);

/** Whether an upstream that answers says of the filter that it will not have it. */
export function isRefusal(error: unknown): boolean {
  const status = error instanceof UpstreamFailure ? (error.status ?? 0) : 0;
  return status >= 400 && status < 500 && !NOT_ABOUT_THE_FILTER.has(status);
}

/** Reads one customer; never throws. Tells how long it took. */
export async function fetchSingle(
  upstream: Upstream,
  { id, attributes }: CustomerNeed,
  observe: (milliseconds: number) => void,
): Promise<SingleResult> {
  const startedAt = performance.now();
  let result: SingleResult['result'];
  try {
    result = await upstream.customers.get(id, { includeAttributes: attributes });
  } catch (reason) {
    result = isAbsence(reason, 'customer') ? null : toError(reason);
  }
  observe(performance.now() - startedAt);
  return { kind: 'single', id, result };
}

async function fetchList(upstream: Upstream, call: Exclude<BatchCall, { kind: 'single' }>): Promise<CallResult> {
  const window =
    call.kind === 'filter'
      ? { offset: 0, limit: call.ids.length, filter: `id:eq:${call.ids.join(':')}` }
      : { offset: call.offset, limit: MAX_PAGE_SIZE };
  const page = await resultOf(async () => {
    const answer = await upstream.customers.list({ ...window, includeAttributes: call.attributes });
    return toPage<CustomerRecord>(answer, window.offset, window.limit);
  });
  if (page instanceof Error) return { kind: 'failed', call, error: page, refused: isRefusal(page) };
  return {
    kind: 'list',
    call,
    records: page.items.filter(isIntact),
    total: typeof page.total === 'number' ? page.total : undefined,
  };
}

/** Makes one call of a plan; never throws, so that each failure stays with its keys. Tells how long it took. */
export async function fetchCall(
  upstream: Upstream,
  call: BatchCall,
  observe: (kind: 'single' | 'page', milliseconds: number) => void,
): Promise<CallResult> {
  if (call.kind === 'single') return fetchSingle(upstream, call, (milliseconds) => observe('single', milliseconds));
  const startedAt = performance.now();
  const result = await fetchList(upstream, call);
  if (call.kind === 'page') observe('page', performance.now() - startedAt);
  return result;
}
