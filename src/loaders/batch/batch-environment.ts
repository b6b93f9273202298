import type { Upstream } from '../../upstream/upstream.js';
import type { CustomerRecord } from '../customer-record.js';
import type { OperationBudget } from '../operation-budget.js';
import type { UpstreamKnowledge } from '../upstream-knowledge.js';
import type { Collapser } from './collapser.js';
import type { BatchPlan } from './plan-batch.js';

/** What a batch runs in. */
export interface BatchEnvironment {
  upstream: Upstream;
  budget: OperationBudget;
  knowledge: UpstreamKnowledge;
  concurrency: number;
  /** Of the caller; undefined where nobody waits for what is read. */
  collapser: Collapser | undefined;
  /** Customers the caller can see, as far as a list has told. */
  total: () => number | undefined;
  learnTotal: (total: number) => void;
  /** Told of every customer that any call brought, asked for or not. */
  seen: (records: readonly CustomerRecord[]) => void;
  /** Told of every plan before it runs; what it returns, once it has. */
  planned: (plan: BatchPlan, keys: number) => () => void;
}

export type BatchResult = CustomerRecord | null | Error;
