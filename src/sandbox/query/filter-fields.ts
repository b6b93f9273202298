import { ApiFailure } from '../http/errors.js';
import type { FilterField, Operator, Predicate } from './filter.js';

type Read<T, V> = (record: T) => V | undefined;

/** One test per operator, each made from the same recipe. */
function testsFor<T, O extends Operator>(
  operators: readonly O[],
  compile: (operator: O, values: readonly string[]) => Predicate<T>,
): FilterField<T>['tests'] {
  return Object.fromEntries(
    operators.map((operator) => [operator, (values: readonly string[]) => compile(operator, values)]),
  );
}

const TEXT_TESTS = {
  eq: (actual: string, wanted: string) => actual === wanted,
  cn: (actual: string, wanted: string) => actual.includes(wanted),
  sw: (actual: string, wanted: string) => actual.startsWith(wanted),
};

const lowerCase = (text: string): string => text.toLowerCase();

/** Which operators on a text ignore case. */
export type IgnoredCase = 'by-all' | 'by-parts' | 'by-none';

/** Text. `cn` (contains) and `sw` (starts with) ignore case, and `eq` does not, unless other is asked for. */
export function textField<T>(
  read: Read<T, string>,
  operators: readonly (keyof typeof TEXT_TESTS)[],
  ignoredCase: IgnoredCase = 'by-parts',
): FilterField<T> {
  return {
    tests: testsFor(operators, (operator, values) => {
      const ignoresCase = ignoredCase === 'by-all' || (ignoredCase === 'by-parts' && operator !== 'eq');
      const fold = ignoresCase ? lowerCase : String;
      const wanted = values.map(fold);
      return (record) => {
        const actual = read(record);
        return actual !== undefined && wanted.some((value) => TEXT_TESTS[operator](fold(actual), value));
      };
    }),
  };
}

/** Text in which `*` stands for any run of characters; case counts for `eq` only. */
export function wildcardTextField<T>(read: Read<T, string>, operators: readonly ('cn' | 'eq')[]): FilterField<T> {
  return {
    tests: testsFor(operators, (operator, values) => {
      const patterns = values.map((value) => {
        const body = value.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
        return operator === 'eq' ? new RegExp(`^${body}$`, 's') : new RegExp(body, 'is');
      });
      return (record) => {
        const actual = read(record);
        return actual !== undefined && patterns.some((pattern) => pattern.test(actual));
      };
    }),
  };
}

/** One of a fixed set of words. */
export function choiceField<T>(
  test: (record: T, word: string) => boolean,
  words: readonly string[],
  operators: readonly ('eq' | 'neq')[] = ['eq'],
): FilterField<T> {
  return {
    tests: testsFor(operators, (operator, values) => {
      for (const value of values) {
        if (!words.includes(value)) {
          throw new ApiFailure('invalidPositiveNumber', { debugInfo: `'${value}' is not one of ${words.join(', ')}` });
        }
      }
      return (record) => values.some((value) => test(record, value)) === (operator === 'eq');
    }),
  };
}

export function booleanField<T>(read: Read<T, boolean>): FilterField<T> {
  return choiceField((record, word) => read(record) === (word === 'true'), ['true', 'false']);
}

const COMPARISONS = {
  ge: (actual: bigint | number, wanted: bigint) => actual >= wanted,
  le: (actual: bigint | number, wanted: bigint) => actual <= wanted,
};

/** Integers of any size. An unlimited quota counts as the −1 it is written as. */
export function integerField<T>(
  read: Read<T, bigint | number>,
  operators: readonly ('eq' | 'ge' | 'le')[],
): FilterField<T> {
  return {
    tests: testsFor(operators, (operator, values) => {
      const wanted = values.map(toNaturalNumber);
      if (operator === 'eq') {
        // Id filters carry hundreds of values.
        const wantedSet = new Set(wanted);
        return (record) => {
          const actual = read(record);
          return actual !== undefined && wantedSet.has(BigInt(actual));
        };
      }
      return (record) => {
        const actual = read(record);
        return actual !== undefined && wanted.some((value) => COMPARISONS[operator](actual, value));
      };
    }),
  };
}

function toNaturalNumber(text: string): bigint {
  if (!/^-?\d+$/.test(text)) throw new ApiFailure('invalidNumber', { debugInfo: `Invalid number '${text}'` });
  const value = BigInt(text);
  if (value < 0n) throw new ApiFailure('invalidPositiveNumber', { debugInfo: `Invalid positive number '${text}'` });
  return value;
}

const DAY_MS = 86_400_000;

const DAY_TESTS = {
  ge: (instant: number, dayStart: number) => instant >= dayStart,
  le: (instant: number, dayStart: number) => instant < dayStart + DAY_MS,
  eq: (instant: number, dayStart: number) => instant >= dayStart && instant < dayStart + DAY_MS,
};

const MINUTE_MS = 60_000;

/**
 * Instants, compared with a whole day: `ge` from its first moment on, `le` to its last. It begins in UTC, or so many minutes
 * before.
 */
export function dateField<T>(
  read: Read<T, number>,
  operators: readonly ('eq' | 'ge' | 'le')[],
  dayOffsetMinutes = 0,
): FilterField<T> {
  return {
    tests: testsFor(operators, (operator, values) => {
      const days = values.map((day) => toDayStart(day) - dayOffsetMinutes * MINUTE_MS);
      return (record) => {
        const instant = read(record);
        return instant !== undefined && days.some((dayStart) => DAY_TESTS[operator](instant, dayStart));
      };
    }),
  };
}

function toDayStart(text: string): number {
  const dayStart = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(dayStart) || !new Date(dayStart).toISOString().startsWith(text)) {
    throw new ApiFailure('invalidPositiveNumber', { debugInfo: `'${text}' is not a date of the form yyyy-MM-dd` });
  }
  return dayStart;
}
