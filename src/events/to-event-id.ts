/**
 * The id of a customer's coming or going. A customer has one of each, no matter who reports it: by a write of ours or by a
 * webhook, tells the same event.
 */
export function toEventId(scopeKey: string, type: 'CREATED' | 'DELETED', customerId: string): string {
  return `${scopeKey} ${type} ${customerId}`;
}
