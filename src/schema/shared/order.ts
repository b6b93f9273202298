import { registerEnumType } from 'type-graphql';

export enum OrderDirection {
  ASC = 'asc',
  DESC = 'desc',
}

registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Direction of a sorted list.',
  valuesConfig: { ASC: { description: 'Smallest first.' }, DESC: { description: 'Largest first.' } },
});

/** One sort criterion; `field` holds the upstream's own name. */
export interface Order {
  field: string;
  direction: OrderDirection;
}

/** The upstream's sort: `FIELD:asc` or `FIELD:desc`, the most important first, joined by `|`. */
export function toSortText(orderBy: readonly Order[] | null | undefined): string | undefined {
  return orderBy?.length ? orderBy.map(({ field, direction }) => `${field}:${direction}`).join('|') : undefined;
}
