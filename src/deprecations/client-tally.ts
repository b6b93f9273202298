import type { ClientIdentity } from '../telemetry/client-identity.js';
import { toClientKey } from './client-key.js';
import { MAX_CLIENTS, OTHER_CLIENTS, type ClientUses } from './usage-store.js';

const OTHERS_KEY = toClientKey(OTHER_CLIENTS);

/** The uses of one element in this process, by client, no more of them than `MAX_CLIENTS` and the others. */
export class ClientTally {
  private readonly byClient = new Map<string, ClientUses>();

  add({ client, count, firstAt, lastAt }: ClientUses): void {
    const key = this.keyFor(client);
    const known = this.byClient.get(key);
    if (!known) {
      const kept = key === OTHERS_KEY ? OTHER_CLIENTS : client;
      this.byClient.set(key, { client: kept, count, firstAt, lastAt });
      return;
    }
    known.count += count;
    known.firstAt = Math.min(known.firstAt, firstAt);
    known.lastAt = Math.max(known.lastAt, lastAt);
  }

  forgetBefore(time: number): void {
    for (const [key, { lastAt }] of this.byClient) if (lastAt < time) this.byClient.delete(key);
  }

  all(): ClientUses[] {
    return [...this.byClient.values()].map((uses) => ({ ...uses }));
  }

  private keyFor(client: ClientIdentity): string {
    const key = toClientKey(client);
    return this.byClient.has(key) || this.byClient.size < MAX_CLIENTS ? key : OTHERS_KEY;
  }
}
