import { GatewayError } from './gateway-error.js';

/** Errors in one answer, the one that says how many were left out included. */
export const MAX_ERRORS = 100;

/** Errors of variables in one answer. Each can repeat all that the client sent, and has to be written for that. */
export const MAX_VARIABLE_ERRORS = 10;

/**
 * The errors of an answer, none of them formatted yet: the first ones and, if there were more than 100, one in place of the
 * rest that says how many. `count` is that of all, if `errors` lacks some already.
 */
export function boundErrors<E>(errors: readonly E[], count = errors.length): readonly (E | GatewayError)[] {
  if (count <= MAX_ERRORS) return errors;
  const shown = errors.slice(0, MAX_ERRORS - 1);
  const leftOut = count - shown.length;
  return [
    ...shown,
    new GatewayError('ERRORS_LEFT_OUT', `${leftOut} further errors were omitted.`, { extensions: { leftOut } }),
  ];
}
