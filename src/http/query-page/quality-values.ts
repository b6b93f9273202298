/**
 * The quality (0 to 1) that an `Accept` or `Accept-Encoding` header gives to each value it names, lower-cased.
 * A value without a readable `q` counts as 1. RFC 9110, section 12.4.2.
 */
export function toQualityValues(header: string | undefined): ReadonlyMap<string, number> {
  const entries = (header ?? '').split(',').flatMap((item): [string, number][] => {
    const [value = '', ...parameters] = item
      .toLowerCase()
      .split(';')
      .map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return value === '' ? [] : [[value, toQuality(quality)]];
  });
  return new Map(entries);
}

function toQuality(text: string | undefined): number {
  const quality = Number(text ?? 1);
  return quality >= 0 && quality <= 1 ? quality : 1;
}
