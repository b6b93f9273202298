import { isIntact } from '../../errors/contract-violation.js';
import type { Decoded } from '../../upstream/decode.js';
import type { CustomerRecord } from '../customer-record.js';
import { toPage } from '../to-page.js';
import { judgeFilter, type FilterVerdict } from './judge-filter.js';
import type { CustomerNeed } from './plan-batch.js';

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
    const { items } = toPage<CustomerRecord>(answer, 0, this.size);
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
