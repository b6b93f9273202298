const MAX_PLACES = 1_000;

/** Passes each key on once; past a bound of keys it stays silent, so that a hostile upstream can't flood the log. */
export function createOnce(report: (key: string) => void): (key: string) => void {
  const seen = new Set<string>();
  return (key) => {
    if (seen.has(key) || seen.size >= MAX_PLACES) return;
    seen.add(key);
    report(key);
  };
}
