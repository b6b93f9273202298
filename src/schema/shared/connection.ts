import type { Page } from '../../loaders/page.js';
import type { ListItem } from './list-order.js';
import type { ListPart } from './list-part.js';

type Item<T> = T | Error;

interface Edge<T> {
  cursor: string;
  node: Item<T>;
}

/** A Relay connection over one part of a list. Getters, so that what is not selected is not built. */
export class Connection<T extends ListItem> {
  constructor(private readonly part: ListPart<T>) {}

  get nodes(): readonly Item<T>[] {
    return this.part.items;
  }

  get edges(): readonly Edge<T>[] {
    return this.part.items.map((node, index) => ({ cursor: this.part.cursorAt(index), node }));
  }

  get totalCount(): Page<T>['total'] {
    return this.part.totalCount;
  }

  get isContinuous(): boolean {
    return this.part.isContinuous;
  }

  get pageInfo(): object {
    const { items, hasNextPage, hasPreviousPage } = this.part;
    const isEmpty = items.length === 0;
    return {
      hasNextPage,
      hasPreviousPage,
      startCursor: isEmpty ? null : this.part.cursorAt(0),
      endCursor: isEmpty ? null : this.part.cursorAt(items.length - 1),
    };
  }
}
