import { NO_ERRORS, type FieldErrors } from './field-errors.js';
import { toBytes } from '../format/amount.js';
import { BYTE_UNITS } from '../format/bytes.js';
import { UNLIMITED } from '../format/long.js';

/** Reads a form, and keeps what is wrong with what it read. */
export interface FormValues {
  text(name: string): string;
  /** Undefined if nothing was typed. */
  optionalText(name: string): string | undefined;
  requiredText(name: string): string;
  count(name: string): number;
  /** Bytes as digits, or -1 for no limit, of a quota field. */
  quota(name: string): string;
  /** Undefined if nothing is wrong. */
  errors(): FieldErrors | undefined;
}

const COUNT = /^\d{1,9}$/;

export function createFormValues(data: FormData): FormValues {
  const byField = new Map<string, string>();
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    text,
    optionalText: (name) => text(name) || undefined,
    requiredText(name) {
      if (text(name) === '') byField.set(name, 'Fill this in.');
      return text(name);
    },
    count(name) {
      if (!COUNT.test(text(name))) byField.set(name, 'Give a whole number, such as 25.');
      return Number(text(name));
    },
    quota(name) {
      if (data.has(`${name}.unlimited`)) return String(UNLIMITED);
      const unit = BYTE_UNITS.find((candidate) => candidate === text(`${name}.unit`)) ?? 'bytes';
      const bytes = toBytes({ value: text(name), unit });
      if (bytes === undefined) byField.set(name, 'Give a number, such as 500 or 1.5.');
      return String(bytes ?? 0n);
    },
    errors: () => (byField.size > 0 ? { ...NO_ERRORS, byField } : undefined),
  };
}
