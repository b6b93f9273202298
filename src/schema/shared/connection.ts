import type { ContractViolation } from '../../errors/contract-violation.js';
import type { Page } from '../../loaders/page.js';
import { toCursor } from './cursor.js';

/** A Relay connection over one upstream page. Getters, so that what is not selected is not built. */
export class Connection<T> {
  constructor(private readonly page: Page<T>) {}

  get nodes(): readonly (T | ContractViolation)[] {
    return this.page.items;
  }

  get edges(): { cursor: string; node: T | ContractViolation }[] {
    return this.page.items.map((node, index) => ({ cursor: toCursor(this.page.offset + index), node }));
  }

  get totalCount(): number | bigint | ContractViolation {
    return this.page.total;
  }

  get pageInfo(): object {
    const { offset, items, total } = this.page;
    return {
      hasNextPage: total instanceof Error ? total : items.length > 0 && offset + items.length < total,
      hasPreviousPage: total instanceof Error ? total : offset > 0 && total > 0,
      startCursor: items.length > 0 ? toCursor(offset) : null,
      endCursor: items.length > 0 ? toCursor(offset + items.length - 1) : null,
    };
  }
}
