/** What cached reads depend on. A write drops everything that carries one of its tags. */
export const CACHE_TAGS = {
  customer: (id: string): string => `customer:${id}`,
  usersOf: (customerId: string): string => `users:${customerId}`,
  customerLists: 'customers',
  webhook: (id: string): string => `webhook:${id}`,
  webhookLists: 'webhooks',
} as const;
