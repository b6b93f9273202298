import { isUnsafe } from '../refuse-unsafe-text.js';

/** Whether a value of the variables holds no unsafe text, no list longer than `listItems` and at most `levels` levels. */
export function isOrdinary(value: unknown, levels: number, listItems: number): boolean {
  if (typeof value === 'string') return !isUnsafe(value);
  if (typeof value !== 'object' || value === null) return true;
  if (levels < 1 || (Array.isArray(value) && value.length > listItems)) return false;
  for (const part of Object.values(value)) if (!isOrdinary(part, levels - 1, listItems)) return false;
  return true;
}
