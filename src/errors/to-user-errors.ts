import { upstreamErrorRow } from './upstream-error-table.js';
import type { UpstreamFailure } from './upstream-failure.js';
import { UserErrorCode, type UserError } from './user-error.js';

/**
 * The user errors for a refused write, located in `input`; undefined if the caller can't put it right.
 * A password policy answer gives one user error for each violated rule.
 */
export function toUserErrors(
  failure: UpstreamFailure,
  input: Readonly<Record<string, unknown>>,
): UserError[] | undefined {
  if (failure.kind !== 'status') return undefined;
  const row = upstreamErrorRow(failure.status ?? 0, failure.errorCode);
  const { userError: code } = row;
  if (code === undefined) return undefined;

  const path = row.locate?.(input);
  const messages =
    code === UserErrorCode.PASSWORD_POLICY_VIOLATED && failure.violatedPasswordPolicies.length > 0
      ? failure.violatedPasswordPolicies
      : [row.message];
  return messages.map((message) => ({
    code,
    message,
    field: path ? ['input', ...path] : null,
    upstreamCode: failure.errorCode ?? null,
  }));
}
