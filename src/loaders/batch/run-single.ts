import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { CustomerRecord } from '../customer-record.js';
import { limitExceeded } from '../operation-budget.js';
import type { BatchEnvironment, BatchResult } from './batch-environment.js';
import type { Gathering } from './collapser.js';
import { fetchSingle, isRefusal } from './fetch-customers.js';
import type { FilterVerdict } from './judge-filter.js';
import type { CustomerNeed } from './plan-batch.js';

/** How a filter went for one of those who share it; without a record, a single read has to tell. */
interface Shared {
  record: CustomerRecord | Error | undefined;
  /** Undefined where nothing can be said. */
  verdict: FilterVerdict | undefined;
}

async function readTogether(
  gathering: Gathering,
  { id, attributes }: CustomerNeed,
  { upstream, knowledge, planned }: BatchEnvironment,
): Promise<Shared> {
  const { size: limit, filter } = gathering;
  const strategy = knowledge.multiIdFilter === 'works' ? 'filter' : 'probe';
  const calls = [{ kind: 'filter', ids: [id], attributes } as const];
  const followed = planned({ strategy, calls, reason: `read with ${limit - 1} id(s) of other operations` }, 1);
  try {
    const answer = await upstream.customers.list({ offset: 0, limit, filter, includeAttributes: attributes });
    const { records, verdict } = gathering.take(answer);
    return { record: records.get(id), verdict };
  } catch (error) {
    const isOver = error instanceof UpstreamFailure && error.kind === 'aborted';
    return { record: isOver ? error : undefined, verdict: isRefusal(error) ? 'fails' : undefined };
  } finally {
    followed();
  }
}

async function readAlone(
  need: CustomerNeed,
  { upstream, knowledge, planned }: BatchEnvironment,
): Promise<CustomerRecord | Error | null> {
  const calls = [{ kind: 'single', ...need } as const];
  const followed = planned({ strategy: 'single', calls, reason: '1 single read(s)' }, 1);
  const { result } = await fetchSingle(upstream, need, (milliseconds) => knowledge.observe('single', milliseconds));
  followed();
  return result;
}

const isThere = (result: CustomerRecord | Error | null): result is CustomerRecord =>
  result !== null && !(result instanceof Error);

async function readSingle(need: CustomerNeed, environment: BatchEnvironment): Promise<CustomerRecord | Error | null> {
  const { knowledge, budget, collapser } = environment;
  // After a filter, a single read must still be within the budget.
  const mayGather = collapser && budget.remaining > 1 && knowledge.multiIdFilter !== 'fails';
  const gathering = mayGather ? await collapser.gather(need) : undefined;
  if (!gathering || gathering.size === 1) return readAlone(need, environment);
  const { record, verdict } = await readTogether(gathering, need, environment);
  if (verdict === 'works' || verdict === 'fails') knowledge.multiIdFilter = verdict;
  if (record) return record;
  const result = await readAlone(need, environment);
  // Whoever is there and was left out by a filter that has proved nothing: it looks at one of its values only.
  const hasMissed = verdict === 'inconclusive' && isThere(result) && knowledge.multiIdFilter === 'unknown';
  if (hasMissed) knowledge.multiIdFilter = 'fails';
  return result;
}

/**
 * Answers a batch of one: by one filter with those that other operations of the caller ask for at the same time, else by
 * a read of its own. That also follows where the filter did not bring the customer, or failed.
 */
export async function runSingle(
  need: CustomerNeed,
  environment: BatchEnvironment,
): Promise<ReadonlyMap<string, BatchResult>> {
  const { budget, seen } = environment;
  const result = budget.remaining < 1 ? limitExceeded(budget.limit) : await readSingle(need, environment);
  if (isThere(result)) seen([result]);
  return new Map([[need.id, result]]);
}
