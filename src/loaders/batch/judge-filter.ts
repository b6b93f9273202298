/** What an answer to `id:eq:1:2:3` says about the filter. */
export type FilterVerdict = 'works' | 'fails' | 'inconclusive';

/**
 * `works` where several of the asked ids came back and nothing else; `fails` where anything else did.
 * With one id or none in the answer, the others may not exist or the filter may look at one value only.
 */
export function judgeFilter(asked: readonly string[], answered: readonly string[]): FilterVerdict {
  const wanted = new Set(asked);
  if (answered.some((id) => !wanted.has(id))) return 'fails';
  return new Set(answered).size > 1 ? 'works' : 'inconclusive';
}
