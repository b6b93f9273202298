import type { CustomerEvent } from './event-bus.js';

const TYPES: readonly unknown[] = ['CREATED', 'UPDATED', 'DELETED'];

/** The event that a text holds, or undefined if it holds none. */
export function loadEvent(text: string): CustomerEvent | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { id, type, customerId, customerUuid, updatedAt, occurredAt, scopeKey } = parsed as Partial<
    Record<keyof CustomerEvent, unknown>
  >;
  const isEvent =
    TYPES.includes(type) && [id, customerId, occurredAt, scopeKey].every((part) => typeof part === 'string');
  if (!isEvent) return undefined;
  return {
    ...({ id, type, customerId, occurredAt, scopeKey } as CustomerEvent),
    ...(typeof customerUuid === 'string' && { customerUuid }),
    ...(typeof updatedAt === 'string' && { updatedAt }),
  };
}
