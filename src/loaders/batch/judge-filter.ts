/** What an answer to `id:eq:1:2:3` says about the filter. */
export type FilterVerdict = 'works' | 'fails' | 'inconclusive';

/**
 * `works` where several of the asked ids came back and nothing else; `fails` where anything else did.
 * With one id or none in the answer, the others may not exist or the filter may look at one value only.
 */
export function judgeFilter(asked: Iterable<string>, answered: Iterable<string>): FilterVerdict {
  const wanted = new Set(asked);
  const came = new Set(answered);
  for (const id of came) if (!wanted.has(id)) return 'fails';
  return came.size > 1 ? 'works' : 'inconclusive';
}
