import { hash } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import type { Caller } from '../../auth/caller.js';
import { createSharedValues } from '../../subscriptions/shared-values.js';

/** What a subscription's results depend on besides the event. */
export interface ResultKey {
  caller: Caller;
  /** Of the document. */
  text: string;
  operationName: string | undefined;
  /** As JSON. */
  variables: string;
}

/** Results of the latest events, made once for all subscriptions that would get the same. */
export interface SharedResults {
  /** Those of one more subscription, until `end`. */
  of(key: ResultKey): {
    /** By the id of an event, what `make` made of it first. */
    take(eventId: string, make: () => Promise<FormattedExecutionResult>): Promise<FormattedExecutionResult>;
    end(): void;
  };
}

/** Subscribers who keep up get an event within moments of each other. */
const KEPT = { maxBytes: 32 * 1_048_576, keepMs: 10_000 };

const listOf = (set: ReadonlySet<string> | undefined): readonly string[] | null => (set ? [...set].sort() : null);

export function createSharedResults(): SharedResults {
  const results = createSharedValues<string, FormattedExecutionResult>(KEPT);
  /** Subscriptions by the hash of their key, which holds variables of any size. */
  const counts = new Map<string, number>();

  function hashOf({ caller, text, operationName, variables }: ResultKey): string {
    const { serviceToken, scopes, customerIds } = caller;
    const who = [serviceToken, listOf(scopes), listOf(customerIds)];
    const key = JSON.stringify([who, text, operationName ?? null, variables]);
    return hash('sha256', key, 'base64url');
  }

  return {
    of(key) {
      const hash = hashOf(key);
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
      return {
        take: (eventId, make) => results.take(`${eventId} ${hash}`, counts.get(hash) ?? 1, make),
        end() {
          const count = (counts.get(hash) ?? 1) - 1;
          if (count > 0) counts.set(hash, count);
          else counts.delete(hash);
        },
      };
    },
  };
}
