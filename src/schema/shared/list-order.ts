import { hash } from 'node:crypto';
import type { ContractViolation } from '../../errors/contract-violation.js';

/** What every item of a list has, as far as a place in it is found by. */
export interface ListItem {
  readonly id: string | ContractViolation;
  readonly createdAt?: unknown;
}

/** How a list is sorted. */
export interface ListOrder {
  /** 1 if the list is by creation, -1 if by creation and the latest first, undefined for any other order. */
  readonly creation: 1 | -1 | undefined;
  /** Digest of the values that an item is sorted by; another one if the item has moved since. */
  keyOf(item: ListItem): string;
}

/** Sort field → property of the item, if they differ. */
const PROPERTY_OF: Readonly<Record<string, string>> = { expiration: 'expireAt' };

const digest = (text: string, length: number): string => hash('sha256', text, 'base64url').slice(0, length);

/** Reads the upstream's sort text: `createdAt:desc` → a list by creation, the latest first. */
export function toListOrder(sort: string | undefined): ListOrder {
  const fields = sort?.split('|').map((term) => term.split(':')) ?? [];
  const [field, direction] = fields[0] ?? [];
  const properties = fields.map(([name = '']) => PROPERTY_OF[name] ?? name);
  return {
    creation: field !== 'createdAt' ? undefined : direction === 'asc' ? 1 : -1,
    keyOf(item) {
      if (properties.length === 0) return '';
      const values = properties.map((name) => String((item as unknown as Record<string, unknown>)[name]));
      return digest(JSON.stringify(values), 6);
    },
  };
}

/** Short name of a list: a cursor is good for the list that it was made for, and no other. */
export function toListName(noun: string, filter: string | undefined, sort: string | undefined): string {
  return digest(JSON.stringify([noun, filter ?? null, sort ?? null]), 8);
}

/** When an item was created, in milliseconds of the epoch; undefined if its answer does not say so. */
export function instantOf(item: ListItem): number | undefined {
  const instant = typeof item.createdAt === 'string' ? Date.parse(item.createdAt) : NaN;
  return Number.isNaN(instant) ? undefined : instant;
}
