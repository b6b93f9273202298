import type { ClientIdentity } from '../telemetry/request-observer.js';

/** A client as one text. */
export const toClientKey = ({ name, version }: ClientIdentity): string =>
  JSON.stringify([name ?? null, version ?? null]);

/** The client of a text that `toClientKey` has made. */
export function loadClientKey(key: string): ClientIdentity {
  const [name, version] = JSON.parse(key) as [string | null, string | null];
  return { name: name ?? undefined, version: version ?? undefined };
}
