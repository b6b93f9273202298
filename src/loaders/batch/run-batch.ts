import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { CustomerRecord } from '../outcomes.js';
import {
  type BatchEnvironment,
  type BatchResult,
  type CallResult,
  type FilterVerdict,
  type Gathering,
  type UpstreamKnowledge,
  fetchCall,
  readAlone,
  isRefusal,
  judgeFilter,
} from './fetch-customers.js';
import { type BatchCall, type BatchPlan, type CustomerNeed, type UpstreamFacts, planBatch } from './plan-batch.js';

/** How a filter went for one of those who share it; without a record, a single read has to tell. */
interface Shared {
  record: CustomerRecord | Error | undefined;
  /** Undefined where nothing can be said. */
  verdict: FilterVerdict | undefined;
}

async function readTogether(
  gathering: Gathering,
  { id, attributes }: CustomerNeed,
  { upstream, knowledge, trace }: BatchEnvironment,
): Promise<Shared> {
  const { size: limit, filter } = gathering;
  const strategy = knowledge.multiIdFilter === 'works' ? 'filter' : 'probe';
  const reason = `read with ${limit - 1} id(s) of other operations`;
  const span = trace.planned({ keys: 1, strategy, calls: 1, reason });
  try {
    const answer = await upstream.customers.list({ offset: 0, limit, filter, includeAttributes: attributes });
    const { records, verdict } = gathering.take(answer);
    return { record: records.get(id), verdict };
  } catch (error) {
    const isOver = error instanceof UpstreamFailure && error.kind === 'aborted';
    return { record: isOver ? error : undefined, verdict: isRefusal(error) ? 'fails' : undefined };
  } finally {
    span?.end();
  }
}

const isThere = (result: BatchResult): result is CustomerRecord => result !== null && !(result instanceof Error);

/** Reads by a filter with others; by a read of its own if that did not bring the customer, or failed. */
async function readGathered(
  gathering: Gathering,
  need: CustomerNeed,
  environment: BatchEnvironment,
): Promise<BatchResult> {
  const { knowledge } = environment;
  const { record, verdict } = await readTogether(gathering, need, environment);
  if (verdict === 'works' || verdict === 'fails') knowledge.multiIdFilter = verdict;
  if (record) return record;
  const result = await readAlone(need, environment);
  // Whoever is there and was left out by a filter that has proved nothing: it looks at one of its values only.
  const hasMissed = verdict === 'inconclusive' && isThere(result) && knowledge.multiIdFilter === 'unknown';
  if (hasMissed) knowledge.multiIdFilter = 'fails';
  return result;
}

/** Learns from customers that a call brought, asked for or not. */
function learn({ scope, seen }: BatchEnvironment, records: readonly CustomerRecord[]): void {
  scope.uuids.learn(records);
  seen?.(records);
}

/**
 * Answers a batch of one: by one filter with those that other operations of the caller ask for at the same time, else by
 * a read of its own.
 */
async function runSingle(need: CustomerNeed, environment: BatchEnvironment): Promise<ReadonlyMap<string, BatchResult>> {
  const { budget, knowledge, collapser } = environment;
  const { remaining } = budget;
  if (remaining < 1) return new Map([[need.id, budget.exceeded(1)]]);
  // After a filter, a single read must still be within the budget.
  const mayGather = collapser && remaining > 1 && knowledge.multiIdFilter !== 'fails';
  const gathering = mayGather ? await collapser.gather(need) : undefined;
  const result =
    gathering && gathering.size > 1
      ? await readGathered(gathering, need, environment)
      : await readAlone(need, environment);
  if (isThere(result)) learn(environment, [result]);
  return new Map([[need.id, result]]);
}

const idOf = (record: CustomerRecord): string => (typeof record.id === 'string' ? record.id : '');

/** One batch on its way: what is open, what is answered, and what its own calls have taught. */
class Batch {
  readonly results = new Map<string, BatchResult>();
  private readonly open: Map<string, CustomerNeed>;
  private scanned = 0;
  private hasExplored = false;
  /** Keys that an inconclusive probe asked for. */
  private probed = new Set<string>();
  /** What this batch takes the multi-value filter for; may differ from what is known for good. */
  private filter: UpstreamKnowledge['multiIdFilter'];

  constructor(
    needs: readonly CustomerNeed[],
    private readonly environment: BatchEnvironment,
  ) {
    this.open = new Map(needs.map((need) => [need.id, need]));
    this.filter = environment.knowledge.multiIdFilter;
  }

  async run(): Promise<void> {
    while (this.open.size > 0) {
      const plan = planBatch(
        {
          needs: [...this.open.values()],
          scanned: this.scanned,
          hasExplored: this.hasExplored,
          remainingRequests: this.environment.budget.remaining,
        },
        this.facts(),
      );
      if (!plan) {
        this.resolveOpen(this.environment.budget.exceeded(this.open.size));
        return;
      }
      await this.follow(plan);
    }
  }

  private facts(): UpstreamFacts {
    const { knowledge, concurrency, scope } = this.environment;
    const { pageSize, singleMs, pageMs } = knowledge;
    return { total: scope.customerTotal, multiIdFilter: this.filter, pageSize, singleMs, pageMs, concurrency };
  }

  private async follow(plan: BatchPlan): Promise<void> {
    const { strategy, calls, reason } = plan;
    const span = this.environment.trace.planned({ keys: this.open.size, strategy, calls: calls.length, reason });
    const results = await this.make(calls);
    if (strategy === 'filter' || strategy === 'probe') await this.absorbFilter(results);
    if (strategy === 'pages') await this.absorbPages(results);
    if (strategy === 'explore') this.absorbExploration(results);
    span?.end();
  }

  /** Makes calls side by side and keeps what they bring for open keys. */
  private async make(calls: readonly BatchCall[]): Promise<readonly CallResult[]> {
    const { upstream, knowledge } = this.environment;
    const results = await Promise.all(calls.map((call) => fetchCall(upstream, call, knowledge)));
    for (const result of results) {
      if (result.kind === 'single') {
        if (isThere(result.result)) learn(this.environment, [result.result]);
        this.resolve(result.id, result.result);
      }
      if (result.kind === 'list') {
        learn(this.environment, result.records);
        for (const record of result.records) this.resolve(idOf(record), record);
        if (result.call.kind === 'page' && result.total !== undefined) {
          this.environment.scope.customerTotal = result.total;
        }
      }
    }
    return results;
  }

  private async absorbFilter(results: readonly CallResult[]): Promise<void> {
    this.hasExplored = true;
    for (const result of results) {
      if (result.kind === 'failed' && !result.refused) this.resolveCall(result.call, result.error);
    }
    const verdict = this.judge(results);
    if (verdict !== 'inconclusive') this.environment.knowledge.multiIdFilter = verdict;
    if (verdict === 'works' || (verdict === 'inconclusive' && this.filter === 'works')) {
      await this.confirmAsked(results);
    } else {
      this.filter = 'fails';
      if (verdict === 'inconclusive') this.probed = new Set(this.open.keys());
    }
  }

  private judge(results: readonly CallResult[]): FilterVerdict {
    const verdicts = results.map((result): FilterVerdict => {
      if (result.kind === 'failed') return result.refused ? 'fails' : 'inconclusive';
      if (result.kind !== 'list' || result.call.kind !== 'filter') return 'inconclusive';
      return judgeFilter(result.call.ids, result.records.map(idOf));
    });
    if (verdicts.includes('fails')) return 'fails';
    return verdicts.includes('works') ? 'works' : 'inconclusive';
  }

  /** A key that a working filter did not return may not exist, be forbidden or have been left out: a single read tells. */
  private async confirmAsked(results: readonly CallResult[]): Promise<void> {
    const asked = results.flatMap(({ kind, ...rest }) =>
      kind === 'list' && 'call' in rest && rest.call.kind === 'filter' ? rest.call.ids : [],
    );
    await this.confirm(asked.filter((id) => this.open.has(id)));
  }

  /** Without an order by id, a page scan can miss a customer while the data changes: a single read tells. */
  private async absorbPages(results: readonly CallResult[]): Promise<void> {
    const failure = results.find((result) => result.kind === 'failed');
    if (failure?.kind === 'failed') this.resolveOpen(failure.error);
    else await this.confirm([...this.open.keys()]);
  }

  private absorbExploration([result]: readonly CallResult[]): void {
    this.hasExplored = true;
    this.scanned = this.environment.knowledge.pageSize;
    if (result?.kind === 'failed') this.resolveOpen(result.error);
  }

  private async confirm(ids: readonly string[]): Promise<void> {
    if (ids.length > this.environment.budget.remaining) {
      for (const id of ids) this.resolve(id, this.environment.budget.exceeded(ids.length));
      return;
    }
    const calls = ids.flatMap((id): BatchCall[] => {
      const need = this.open.get(id);
      return need ? [{ kind: 'single', ...need }] : [];
    });
    await this.make(calls);
  }

  private resolve(id: string, result: BatchResult): void {
    if (!this.open.delete(id)) return;
    this.results.set(id, result);
    if (isThere(result) && this.probed.has(id)) this.environment.knowledge.multiIdFilter = 'fails';
  }

  private resolveOpen(result: BatchResult): void {
    for (const id of [...this.open.keys()]) this.resolve(id, result);
  }

  private resolveCall(call: BatchCall, result: BatchResult): void {
    if (call.kind === 'filter') for (const id of call.ids) this.resolve(id, result);
  }
}

async function runMany(needs: readonly CustomerNeed[], environment: BatchEnvironment): Promise<Batch['results']> {
  const batch = new Batch(needs, environment);
  await batch.run();
  return batch.results;
}

/** Answers every need once, in as few upstream calls as the plan finds; an error stays with the keys it concerns. */
export function runBatch(
  needs: readonly CustomerNeed[],
  environment: BatchEnvironment,
): Promise<ReadonlyMap<string, BatchResult>> {
  const [only] = needs;
  return only && needs.length === 1 ? runSingle(only, environment) : runMany(needs, environment);
}
