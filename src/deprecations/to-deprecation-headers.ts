import type { DeprecatedElement } from './deprecated-element.js';

const earliest = (times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};

/**
 * `Deprecation` (RFC 9745) and `Sunset` (RFC 8594) for an answer that took these: the day of the one deprecated first, and
 * of the one that goes first. Names and values; neither stands without a date.
 */
export function toDeprecationHeaders(elements: readonly DeprecatedElement[]): readonly (readonly [string, string])[] {
  const sinceMs = earliest(elements.map((element) => element.sinceMs));
  const sunsetMs = earliest(elements.map((element) => element.sunsetMs));
  return [
    ...(sinceMs === undefined ? [] : [['deprecation', `@${Math.floor(sinceMs / 1_000)}`] as const]),
    ...(sunsetMs === undefined ? [] : [['sunset', new Date(sunsetMs).toUTCString()] as const]),
  ];
}
