import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Credentials that were accepted when they were last judged, as clients send them; kept as hashes. */
export interface AcceptedCredentials {
  has(credential: string): boolean;
  add(credential: string): void;
  delete(credential: string): void;
}

/** Those used least recently are forgotten: 20 MB at most. */
const MAX_CREDENTIALS = 100_000;

const hashOf = (credential: string): string => hash('sha256', credential, 'base64');

export function createAcceptedCredentials(): AcceptedCredentials {
  const accepted = new LRUCache<string, true>({ max: MAX_CREDENTIALS });
  return {
    has: (credential) => accepted.get(hashOf(credential)) === true,
    add: (credential) => void accepted.set(hashOf(credential), true),
    delete: (credential) => void accepted.delete(hashOf(credential)),
  };
}
