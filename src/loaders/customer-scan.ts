import { GatewayError } from '../errors/gateway-error.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { CustomerRecord } from './outcomes.js';
import type { Page } from './page.js';
import { isIntact } from '../errors/contract-violation.js';

/** Reads the page of the caller's customers that starts at `offset`, in order of creation. */
export type ReadPage = (offset: number) => Promise<Page<CustomerRecord>>;

const PAGES_AT_ONCE = 4;
const ABSENCE_MS = 5_000;

/** The failure of a scan that the next look-up continues: out of requests or out of time, it says so. */
function toResumed(failure: unknown, read: number, total: number | undefined): unknown {
  const advice = `${read} of ${total ?? 'all'} customers have been searched. Ask again: the search goes on from there.`;
  if (failure instanceof GatewayError && failure.code === 'OPERATION_LIMIT_EXCEEDED') {
    const { limit, maximum } = failure.extensions;
    const message = `The search for a UUID has used up the requests of this operation: ${advice}`;
    return new GatewayError(failure.code, message, { extensions: { limit, maximum, resumes: true } });
  }
  if (failure instanceof UpstreamFailure && failure.kind === 'timeout') {
    const { operationId, kind } = failure;
    return new UpstreamFailure({ operationId, kind, advice, cause: failure });
  }
  return failure;
}

/**
 * Reads on in the list of customers, page by page, for all who look for one at the same time: one wave of a few pages after the
 * other, each of which begins where the last one ended. What is read goes to `take`.
 */
export class CustomerScan {
  /** Customers from the start of the list that were read, all of which are known unless some were forgotten since. */
  private scanned = 0;
  private hasForgotten = false;
  private total: number | undefined;
  /** How often the end of the list was reached. */
  private ends = 0;
  private completedAt = -Infinity;
  private wave: Promise<void> | undefined;

  constructor(
    private readonly pageSize: number,
    private readonly now: () => number,
    private readonly take: (records: readonly CustomerRecord[]) => void,
  ) {}

  /** To be called when what was read is not known any more. */
  forget(): void {
    this.hasForgotten = true;
    this.completedAt = -Infinity;
  }

  /** Reads on until all is found or the end of the list proves that the rest is absent. */
  async readUntil(isFound: () => boolean, readPage: ReadPage): Promise<void> {
    if (!isFound() && this.hasForgotten) {
      this.scanned = 0;
      this.hasForgotten = false;
    }
    const startedAt = this.now();
    const endsBefore = this.ends;
    const isOpen = (): boolean => this.ends === endsBefore && this.completedAt < startedAt - ABSENCE_MS;
    while (isOpen() && (!isFound() || this.isNearlyDone())) {
      if (this.wave) {
        await this.wave.catch(() => undefined);
        continue;
      }
      this.wave = this.readWave(readPage).finally(() => (this.wave = undefined));
      await this.wave.catch((failure: unknown) => {
        throw this.scanned > 0 && !this.hasForgotten ? toResumed(failure, this.scanned, this.total) : failure;
      });
    }
  }

  /** One more wave completes the scan: worth it, as it spares every later look-up another one. */
  private isNearlyDone(): boolean {
    return this.total !== undefined && this.total - this.scanned <= PAGES_AT_ONCE * this.pageSize;
  }

  private nextOffsets(): number[] {
    const { total, scanned, pageSize } = this;
    if (total === undefined || scanned >= total) return [scanned];
    const pages = Math.ceil((total - scanned) / pageSize);
    return Array.from({ length: Math.min(pages, PAGES_AT_ONCE) }, (_, index) => scanned + index * pageSize);
  }

  private async readWave(readPage: ReadPage): Promise<void> {
    const from = this.scanned;
    const results = await Promise.allSettled(this.nextOffsets().map(readPage));
    const failed = results.findIndex(({ status }) => status === 'rejected');
    const pages = results
      .slice(0, failed < 0 ? results.length : failed)
      .flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const before = this.total;
    const isContiguous = this.scanned === from;
    this.take(pages.flatMap(({ items }) => items.filter(isIntact)));
    for (const page of pages) {
      if (isContiguous && page.offset === this.scanned) this.scanned += page.items.length;
      if (typeof page.total === 'number') this.total = page.total;
    }
    // Customers have vanished and positions have moved: what was passed can't be told from what was skipped.
    const hasMoved = before !== undefined && this.total !== undefined && this.total < before;
    if (hasMoved) this.scanned = 0;
    const failure = results[failed];
    if (failure?.status === 'rejected') throw failure.reason;
    if (hasMoved) return;
    const isAtEnd = this.scanned >= (this.total ?? 0) || pages.some(({ items }) => items.length === 0);
    if (!isContiguous || !isAtEnd) return;
    this.ends += 1;
    if (!this.hasForgotten) this.completedAt = this.now();
  }
}
