import type { Webhook } from './model.js';

/** One provider's webhooks, in ascending order of id. */
export class WebhookStore {
  readonly #byId = new Map<bigint, Webhook>();
  #nextId = 1n;

  constructor(webhooks: readonly Webhook[]) {
    for (const webhook of webhooks) {
      this.#byId.set(webhook.id, webhook);
      if (webhook.id >= this.#nextId) this.#nextId = webhook.id + 1n;
    }
  }

  get size(): number {
    return this.#byId.size;
  }

  // Ids only ever grow and a Map keeps the place of a replaced entry, so insertion order is id order.
  all(): readonly Webhook[] {
    return [...this.#byId.values()];
  }

  get(id: bigint): Webhook | undefined {
    return this.#byId.get(id);
  }

  takeId(): bigint {
    const id = this.#nextId;
    this.#nextId += 1n;
    return id;
  }

  /** Adds the webhook, or puts it in the place of the one with its id. */
  put(webhook: Webhook): void {
    this.#byId.set(webhook.id, webhook);
  }

  remove(id: bigint): void {
    this.#byId.delete(id);
  }
}
