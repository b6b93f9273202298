import { LRUCache } from 'lru-cache';

/** Texts of automatic persisted queries by their hash, as Apollo Server has found or stored them. */
export interface PersistedTexts {
  learn(hash: string, text: string): void;
  textOf(hash: string): string | undefined;
}

const MAX_TEXT = 2 * 1024 * 1024;

/** Bounded: what was used least recently goes first, and Apollo Server is asked for it again. */
export function createPersistedTexts(): PersistedTexts {
  const texts = new LRUCache<string, string>({ maxSize: MAX_TEXT, sizeCalculation: (text) => text.length });
  return { learn: (hash, text) => void texts.set(hash, text), textOf: (hash) => texts.get(hash) };
}
