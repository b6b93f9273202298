import { Answer } from '../../src/records/answer.js';

/** What an answer comes to once every property is read, at every depth: plain objects and arrays, to be compared. */
export function readAnswer(value: unknown): unknown {
  if (value instanceof Answer) {
    return Object.fromEntries(value.properties().map(([name, property]) => [name, readAnswer(property)]));
  }
  return Array.isArray(value) ? value.map(readAnswer) : value;
}
