import { upstreamErrorRow } from '../../errors/upstream-error-table.js';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import { argumentAtFault } from './filter-text.js';
import type { PageArgs } from './page.args.js';

/** Bad range parameters. */
const INVALID_RANGE = -80_024;

/** Waits for a page of a list. If the upstream refuses what was asked for, the failure names the argument that holds it. */
export async function namingArgument<T>(
  page: Promise<T>,
  { filter, args }: { filter: string | undefined; args: PageArgs },
): Promise<T> {
  try {
    return await page;
  } catch (failure) {
    if (failure instanceof UpstreamFailure && failure.kind === 'status') {
      const { code } = upstreamErrorRow(failure.status ?? 0, failure.errorCode);
      if (failure.errorCode === INVALID_RANGE) failure.argument = args.offset == null ? 'first' : 'offset';
      else if (code === 'BAD_USER_INPUT' && filter !== undefined) failure.argument = argumentAtFault(filter);
    }
    throw failure;
  }
}
