import { MAX_PAGE_SIZE } from '../../upstream/paging.js';
import type { CustomerRecord } from '../customer-record.js';
import { limitExceeded } from '../operation-budget.js';
import type { UpstreamKnowledge } from '../upstream-knowledge.js';
import type { BatchEnvironment, BatchResult } from './batch-environment.js';
import { fetchCall, type CallResult } from './fetch-customers.js';
import { judgeFilter, type FilterVerdict } from './judge-filter.js';
import { planBatch, type BatchCall, type BatchPlan, type CustomerNeed, type UpstreamFacts } from './plan-batch.js';
import { runSingle } from './run-single.js';

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
        this.resolveOpen(limitExceeded(this.environment.budget.limit));
        return;
      }
      await this.follow(plan);
    }
  }

  private facts(): UpstreamFacts {
    const { knowledge, concurrency, total } = this.environment;
    const { singleMs, pageMs } = knowledge;
    return { total: total(), multiIdFilter: this.filter, singleMs, pageMs, concurrency };
  }

  private async follow(plan: BatchPlan): Promise<void> {
    const followed = this.environment.planned(plan, this.open.size);
    const results = await this.make(plan.calls);
    if (plan.strategy === 'filter' || plan.strategy === 'probe') await this.absorbFilter(results);
    if (plan.strategy === 'pages') await this.absorbPages(results);
    if (plan.strategy === 'explore') this.absorbExploration(results);
    followed();
  }

  /** Makes calls side by side and keeps what they bring for open keys. */
  private async make(calls: readonly BatchCall[]): Promise<readonly CallResult[]> {
    const { upstream, knowledge, seen } = this.environment;
    const results = await Promise.all(
      calls.map((call) => fetchCall(upstream, call, (kind, milliseconds) => knowledge.observe(kind, milliseconds))),
    );
    for (const result of results) {
      if (result.kind === 'single') {
        if (result.result !== null && !(result.result instanceof Error)) seen([result.result]);
        this.resolve(result.id, result.result);
      }
      if (result.kind === 'list') {
        seen(result.records);
        for (const record of result.records) this.resolve(idOf(record), record);
        if (result.call.kind === 'page' && result.total !== undefined) this.environment.learnTotal(result.total);
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
    this.scanned = MAX_PAGE_SIZE;
    if (result?.kind === 'failed') this.resolveOpen(result.error);
  }

  private async confirm(ids: readonly string[]): Promise<void> {
    if (ids.length > this.environment.budget.remaining) {
      for (const id of ids) this.resolve(id, limitExceeded(this.environment.budget.limit));
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
    const isThere = result !== null && !(result instanceof Error);
    if (isThere && this.probed.has(id)) this.environment.knowledge.multiIdFilter = 'fails';
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
