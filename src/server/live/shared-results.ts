import { LRUCache } from 'lru-cache';
import type { DocumentNode, FormattedExecutionResult } from 'graphql';
import type { Caller } from '../../auth/caller.js';

/** What a subscription's results depend on besides the event. */
export interface ResultKey {
  caller: Caller;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown> | undefined;
}

/** Results of the latest events, made once for all subscriptions that would get the same. */
export interface SharedResults {
  /** Those of one subscription: by the id of an event, what `make` made of it first. */
  of(
    key: ResultKey,
  ): (eventId: string, make: () => Promise<FormattedExecutionResult>) => Promise<FormattedExecutionResult>;
}

/** Subscribers who keep up get an event within moments of each other. */
const KEPT = { max: 1_000, ttl: 10_000 };

const listOf = (set: ReadonlySet<string> | undefined): readonly string[] | null => (set ? [...set].sort() : null);

export function createSharedResults(): SharedResults {
  const results = new LRUCache<string, Promise<FormattedExecutionResult>>(KEPT);
  // Apollo Server keeps one document for each text.
  const documents = new WeakMap<DocumentNode, number>();
  let documentCount = 0;

  function idOf(document: DocumentNode): number {
    const known = documents.get(document);
    if (known !== undefined) return known;
    documents.set(document, (documentCount += 1));
    return documentCount;
  }

  return {
    of({ caller, document, operationName, variables }) {
      const { serviceToken, scopes, customerIds } = caller;
      const who = [serviceToken, listOf(scopes), listOf(customerIds)];
      const key = JSON.stringify([who, idOf(document), operationName ?? null, variables ?? null]);
      return (eventId, make) => {
        const known = results.get(`${eventId} ${key}`);
        if (known) return known;
        const made = make();
        results.set(`${eventId} ${key}`, made);
        return made;
      };
    },
  };
}
