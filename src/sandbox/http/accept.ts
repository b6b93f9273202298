const WEIGHT_PARAMETER = /;\s*q\s*=\s*([\d.]+)/i;
// Most specific first: RFC 9110 §12.5.1 lets the most specific media range decide.
const RANGES_MATCHING_JSON = ['application/json', 'application/*', '*/*'];

/** Whether an Accept header (RFC 9110 §12.5.1) lets the server answer with application/json. No header accepts all. */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  const weights = new Map<string, number>();
  for (const range of accept.split(',')) {
    const mediaType = range.split(';', 1).join('').trim().toLowerCase();
    weights.set(mediaType, Number(WEIGHT_PARAMETER.exec(range)?.[1] ?? 1));
  }
  const decisive = RANGES_MATCHING_JSON.find((range) => weights.has(range));
  return decisive !== undefined && (weights.get(decisive) ?? 0) > 0;
}
