import { UpstreamFailure } from '../errors/upstream-failure.js';

/** A word or a status for how an upstream call ended, with nothing of its content. */
export function outcomeOf(failure: unknown): string {
  if (failure === undefined) return 'ok';
  if (!(failure instanceof UpstreamFailure)) return 'broken contract';
  return failure.kind === 'status' ? String(failure.status) : failure.kind;
}
