import type { Upstream } from '../../upstream/upstream.js';
import { type CustomerRecord, isAbsence, resultOf, toError } from '../outcomes.js';
import type { OperationTrace } from '../../telemetry/operation-trace.js';
import type { CallerScope } from '../caller-scope.js';
import type { UuidDirectory } from '../uuid-directory.js';
import type { OperationBudget } from '../operation-budget.js';
import type { BatchCall, CustomerNeed } from './plan-batch.js';
import { isIntact } from '../../errors/contract-violation.js';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import { toPage } from '../page.js';
import type { Decoded } from '../../records/decode.js';
import type { DayOffset, UpstreamTraits } from '../upstream-traits.js';

/** What a batch runs in. */
export interface BatchEnvironment {
  upstream: Upstream;
  budget: OperationBudget;
  knowledge: UpstreamKnowledge;
  /** Upstream requests that can be under way at once. */
  concurrency: number;
  /** Of the caller. Learns from every customer that any call brought, asked for or not. */
  scope: Pick<CallerScope, 'customerTotal'> & { readonly uuids: Pick<UuidDirectory, 'learn'> };
  /** Notified of every plan before it runs. */
  trace: Pick<OperationTrace, 'planned'>;
  /** Of the caller; undefined if no one waits for what is read. */
  collapser: Collapser | undefined;
  /** Notified of those customers, too; undefined if nothing is kept of them. */
  seen: ((records: readonly CustomerRecord[]) => void) | undefined;
}

export type BatchResult = CustomerRecord | null | Error;

/** What has been learned of one upstream, for all callers alike. Nothing in it tells one caller's data to another. */
export interface UpstreamKnowledge {
  multiIdFilter: 'works' | 'fails' | 'unknown';
  /** Of a page of customers. */
  readonly pageSize: number;
  readonly dayOffset: DayOffset;
  readonly singleMs: number;
  readonly pageMs: number;
  observe(kind: 'single' | 'page', milliseconds: number): void;
}

/** Weight of the newest observation in the moving average. */
const NEWEST = 0.2;
const ASSUMED_MS = { single: 20, page: 80 };
const ASSUMED_FILTER = { auto: 'unknown', on: 'works', off: 'fails' } as const;

export function createUpstreamKnowledge({
  multiIdFilter: setting,
  pageSize,
  dayOffset,
}: UpstreamTraits): UpstreamKnowledge {
  const averages = { ...ASSUMED_MS };
  let multiIdFilter: UpstreamKnowledge['multiIdFilter'] = ASSUMED_FILTER[setting];
  return {
    pageSize,
    dayOffset,
    get multiIdFilter() {
      return multiIdFilter;
    },
    set multiIdFilter(learned) {
      if (setting === 'auto') multiIdFilter = learned;
    },
    get singleMs() {
      return averages.single;
    },
    get pageMs() {
      return averages.page;
    },
    observe(kind, milliseconds) {
      averages[kind] += NEWEST * (milliseconds - averages[kind]);
    },
  };
}

/** What an answer to `id:eq:1:2:3` says about the filter. */
export type FilterVerdict = 'works' | 'fails' | 'inconclusive';

/**
 * `works` where several of the asked ids came back and nothing else; `fails` where anything else did.
 * With one id or none in the answer, the others may not exist or the filter may look at one value only.
 */
export function judgeFilter(asked: Iterable<string>, answered: Iterable<string>): FilterVerdict {
  const wanted = new Set(asked);
  const came = new Set(answered);
  for (const id of came) if (!wanted.has(id)) return 'fails';
  return came.size > 1 ? 'works' : 'inconclusive';
}

interface SingleResult {
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

/** Reads one customer; never throws. */
async function fetchSingle(
  upstream: Upstream,
  { id, attributes }: CustomerNeed,
  knowledge: Pick<UpstreamKnowledge, 'observe'>,
): Promise<SingleResult> {
  const startedAt = performance.now();
  let result: SingleResult['result'];
  try {
    result = await upstream.customers.get(id, { includeAttributes: attributes });
  } catch (reason) {
    result = isAbsence(reason, 'customer') ? null : toError(reason);
  }
  knowledge.observe('single', performance.now() - startedAt);
  return { kind: 'single', id, result };
}

/** Answers a batch of one by a read of its own. */
export async function readAlone(
  need: CustomerNeed,
  { upstream, knowledge, trace }: BatchEnvironment,
): Promise<BatchResult> {
  const span = trace.planned({ keys: 1, strategy: 'single', calls: 1, reason: '1 single read(s)' });
  const { result } = await fetchSingle(upstream, need, knowledge);
  span?.end();
  return result;
}

async function fetchList(
  upstream: Upstream,
  call: Exclude<BatchCall, { kind: 'single' }>,
  limit: number,
): Promise<CallResult> {
  const window =
    call.kind === 'filter'
      ? { offset: 0, limit: call.ids.length, filter: `id:eq:${call.ids.join(':')}` }
      : { offset: call.offset, limit };
  const page = await resultOf(async () => {
    const answer = await upstream.customers.list({ ...window, includeAttributes: call.attributes });
    return toPage<CustomerRecord>(answer, window.offset);
  });
  if (page instanceof Error) return { kind: 'failed', call, error: page, refused: isRefusal(page) };
  return {
    kind: 'list',
    call,
    records: page.items.filter(isIntact),
    total: typeof page.total === 'number' ? page.total : undefined,
  };
}

/** Makes one call of a plan; never throws, so that each failure stays with its keys. */
export async function fetchCall(
  upstream: Upstream,
  call: BatchCall,
  knowledge: Pick<UpstreamKnowledge, 'pageSize' | 'observe'>,
): Promise<CallResult> {
  if (call.kind === 'single') return fetchSingle(upstream, call, knowledge);
  const startedAt = performance.now();
  const result = await fetchList(upstream, call, knowledge.pageSize);
  if (call.kind === 'page') knowledge.observe('page', performance.now() - startedAt);
  return result;
}

type ListAnswer = Decoded<'CustomerList' | 'CustomerListWithoutAttributes'>;

/** What one filter brought for all who asked. */
interface Gathered {
  records: ReadonlyMap<string, CustomerRecord>;
  verdict: FilterVerdict;
}

/**
 * Keeps what one failed call concerns small. And clients that were answered together ask again together: answers to many at
 * once keep all of them waiting for the last.
 */
const MAX_IDS = 16;

/** The ids that operations of one caller asked for, one each, in the same turn of the event loop. */
export class Gathering {
  /** Resolves with this gathering when nobody can come any more. */
  readonly closed: Promise<this>;
  private readonly ids = new Set<string>();
  private text: string | undefined;
  private answer: ListAnswer | undefined;
  private gathered: Gathered | undefined;

  constructor(onTurnEnd: () => void) {
    this.closed = new Promise((resolve) =>
      setImmediate(() => {
        onTurnEnd();
        resolve(this);
      }),
    );
  }

  get size(): number {
    return this.ids.size;
  }

  get filter(): string {
    return (this.text ??= `id:eq:${[...this.ids].join(':')}`);
  }

  add(id: string): void {
    this.ids.add(id);
  }

  /** All who asked get the same answer, which is taken apart once. @throws ContractViolation where it holds no list */
  take(answer: ListAnswer): Gathered {
    if (this.gathered && this.answer === answer) return this.gathered;
    const { items } = toPage<CustomerRecord>(answer, 0);
    const records = new Map<string, CustomerRecord>();
    for (const record of items) if (isIntact(record) && typeof record.id === 'string') records.set(record.id, record);
    this.answer = answer;
    this.gathered = { records, verdict: judgeFilter(this.ids, records.keys()) };
    return this.gathered;
  }
}

/**
 * Finds out which single reads of one caller one call can answer: those of operations that arrive together. Nobody
 * waits for others to come; the turn of the event loop ends when everything that has arrived is taken in.
 */
export interface Collapser {
  gather(need: CustomerNeed): Promise<Gathering>;
}

export function createCollapser(): Collapser {
  /** By whether attributes are needed. */
  const open = new Map<boolean, Gathering>();

  function begin(attributes: boolean): Gathering {
    const gathering = new Gathering(() => {
      if (open.get(attributes) === gathering) open.delete(attributes);
    });
    open.set(attributes, gathering);
    return gathering;
  }

  return {
    gather({ id, attributes }) {
      const gathering = open.get(attributes) ?? begin(attributes);
      gathering.add(id);
      if (gathering.size === MAX_IDS) open.delete(attributes);
      return gathering.closed;
    },
  };
}
