type Parts = readonly [number, number, number];

function partsOf(version: string): Parts | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

function isBefore(one: Parts, other: Parts): boolean {
  const [major, minor, patch] = one;
  if (major !== other[0]) return major < other[0];
  return minor === other[1] ? patch < other[2] : minor < other[1];
}

/**
 * Coordinates whose first version is later than `version`, a text such as 4.42.3; a suffix does not count. Of a text that
 * is no version, none: nothing is known of it.
 */
export function missingIn(version: string, firstVersions: Readonly<Record<string, string>>): readonly string[] {
  const actual = partsOf(version);
  if (!actual) return [];
  return Object.entries(firstVersions)
    .filter(([, first]) => {
      const parts = partsOf(first);
      return parts !== undefined && isBefore(actual, parts);
    })
    .map(([coordinate]) => coordinate);
}
