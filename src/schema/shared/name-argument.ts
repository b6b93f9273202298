import { upstreamErrorRow } from '../../errors/upstream-error-table.js';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import { argumentAtFault } from './filter-text.js';
import type { PageArgs } from './page.args.js';

/** Bad range parameters. */
const INVALID_RANGE = -80_024;

/** Names the argument of a list in the failure of a read, if it holds what the upstream refused. Returns the failure. */
export function nameArgument(
  failure: unknown,
  { filter, args }: { filter: string | undefined; args: PageArgs },
): unknown {
  if (failure instanceof UpstreamFailure && failure.kind === 'status') {
    const { code } = upstreamErrorRow(failure.status ?? 0, failure.errorCode);
    if (failure.errorCode === INVALID_RANGE) failure.argument = args.offset == null ? 'first' : 'offset';
    else if (code === 'BAD_USER_INPUT' && filter !== undefined) failure.argument = argumentAtFault(filter);
  }
  return failure;
}
