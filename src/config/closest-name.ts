/** Single characters to insert, delete or replace to make one text of the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(to).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The name that someone may have meant; by default, a third of what they wrote may be wrong. */
export function closestName(
  written: string,
  names: readonly string[],
  maxDistance = Math.max(2, Math.floor(written.length / 3)),
): string | undefined {
  const ranked = names
    .filter((name) => Math.abs(name.length - written.length) <= maxDistance)
    .map((name) => ({ name, distance: editDistance(written, name) }))
    .filter(({ distance }) => distance <= maxDistance)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name;
}
