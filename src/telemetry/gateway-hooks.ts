/** Told of what happens in the gateway, as it happens. None of them may throw. */
export interface GatewayHooks {
  /** An attempt of an upstream request has ended; `failure` is undefined where it went well. */
  upstreamSettled(operationId: string, failure: unknown, milliseconds: number): void;
  upstreamRetried(operationId: string): void;
  /** A batch of keys is read in this way. */
  planned(strategy: string): void;
  cacheRead(entity: string, result: 'hit' | 'stale' | 'miss'): void;
  /** A request was refused, as the gateway has too much to do. */
  shed(reason: string): void;
  rateLimited(): void;
  webhookReceived(reception: string): void;
  /** A request has used an element that the schema deprecates. */
  deprecatedUsed(coordinate: string): void;
  /** A subscription began; what this returns is to be called once when it is over. */
  subscriptionBegan(): () => void;
}

const nothing = (): void => undefined;

export const NO_HOOKS: GatewayHooks = {
  upstreamSettled: nothing,
  upstreamRetried: nothing,
  planned: nothing,
  cacheRead: nothing,
  shed: nothing,
  rateLimited: nothing,
  webhookReceived: nothing,
  deprecatedUsed: nothing,
  subscriptionBegan: () => nothing,
};
