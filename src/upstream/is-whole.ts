import { Answer } from './answer.js';

/**
 * Whether a value holds no Error at any depth: an answer that broke its contract is worth asking for again.
 * Reads every property of every answer in it.
 */
export function isWhole(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof Error) return false;
  if (value instanceof Answer) return value.properties().every(([, property]) => isWhole(property));
  return (Array.isArray(value) ? value : Object.values(value)).every(isWhole);
}
