import type { ContractViolation } from '../../errors/contract-violation.js';
import type { Page } from '../../loaders/page.js';
import { toCursor } from './cursor.js';

type Item<T> = T | ContractViolation;

interface Edge<T> {
  cursor: string;
  node: Item<T>;
}

/**
 * A Relay connection over one upstream page. Getters, so that what is not selected is not built.
 *
 * `itemsResolveLater` has to be true where a field below an item may reject later: graphql-js completes list items in
 * turn, and where one of them throws at once it forgets the promises of those before it, whose rejections would then end
 * the process. Items that are promises themselves never throw at once.
 */
export class Connection<T> {
  constructor(
    private readonly page: Page<T>,
    private readonly itemsResolveLater = false,
  ) {}

  get nodes(): readonly (Item<T> | Promise<Item<T>>)[] {
    return this.deferred(this.page.items);
  }

  get edges(): readonly (Edge<T> | Promise<Edge<T>>)[] {
    return this.deferred(this.page.items.map((node, index) => ({ cursor: toCursor(this.page.offset + index), node })));
  }

  private deferred<I>(items: readonly I[]): readonly (I | Promise<I>)[] {
    return this.itemsResolveLater ? items.map((item) => Promise.resolve(item)) : items;
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
