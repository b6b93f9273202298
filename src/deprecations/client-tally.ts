import type { ClientIdentity } from '../telemetry/request-observer.js';
import { toClientKey } from './client-key.js';
import { MAX_CLIENTS, OTHER_CLIENTS, type ClientUses } from './usage-store.js';

const OTHERS_KEY = toClientKey(OTHER_CLIENTS);

const isSame = (one: ClientIdentity, other: ClientIdentity): boolean =>
  one.name === other.name && one.version === other.version;

/** The uses of one element in this process, by client, no more of them than `MAX_CLIENTS` and the others. */
export class ClientTally {
  private readonly byClient = new Map<string, ClientUses>();
  /** Of the client that came last, and in most cases comes next. */
  private latest: ClientUses | undefined;

  add(uses: ClientUses): void {
    const { client, count, firstAt, lastAt } = uses;
    const known = this.latest && isSame(this.latest.client, client) ? this.latest : this.find(client);
    if (!known) {
      this.insert(uses);
      return;
    }
    this.latest = known;
    known.count += count;
    known.firstAt = Math.min(known.firstAt, firstAt);
    known.lastAt = Math.max(known.lastAt, lastAt);
  }

  forgetBefore(time: number): void {
    this.latest = undefined;
    for (const [key, { lastAt }] of this.byClient) if (lastAt < time) this.byClient.delete(key);
  }

  all(): ClientUses[] {
    return [...this.byClient.values()].map((uses) => ({ ...uses }));
  }

  private find(client: ClientIdentity): ClientUses | undefined {
    return this.byClient.get(this.keyFor(client));
  }

  private insert(uses: ClientUses): void {
    const key = this.keyFor(uses.client);
    this.byClient.set(key, key === OTHERS_KEY ? { ...uses, client: OTHER_CLIENTS } : { ...uses });
  }

  private keyFor(client: ClientIdentity): string {
    const key = toClientKey(client);
    return this.byClient.has(key) || this.byClient.size < MAX_CLIENTS ? key : OTHERS_KEY;
  }
}
