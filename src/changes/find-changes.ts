/** A customer in the state of a change. */
export interface Sighting {
  id: string;
  /** Where the answer tells it. */
  uuid: string | undefined;
  /** As the upstream writes it. */
  updatedAt: string;
}

/** Up to where changes are known. */
export interface ChangePosition {
  /** The latest change, in milliseconds of the epoch. */
  latestMs: number;
  /** Those shortly before it, and itself. */
  recent: readonly Pick<Sighting, 'id' | 'updatedAt'>[];
}

/**
 * Changes are not expected to become visible in the order of their times: one may show up that is older than what was seen
 * already, by this much at the most.
 */
export const SETTLE_MS = 10_000;

/** Of a storm of changes, those before these are taken for new once more if they are seen again. */
const MAX_RECENT = 2_000;

/** Of an RFC 3339 instant, whose leap seconds and lower case `Date` does not read. */
const timeOf = ({ updatedAt }: Pick<Sighting, 'updatedAt'>): number =>
  Date.parse(updatedAt.toUpperCase().replace(/(T\d\d:\d\d):60/, '$1:59'));
const keyOf = ({ id, updatedAt }: Pick<Sighting, 'id' | 'updatedAt'>): string => `${id} ${updatedAt}`;

/** Whether this and all that were changed earlier are known. */
export function isSettled(sighting: Sighting, { latestMs }: ChangePosition): boolean {
  return timeOf(sighting) < latestMs - SETTLE_MS;
}

/** Those that the position does not know, each customer in its latest state. */
export function findChanges(sightings: readonly Sighting[], position: ChangePosition): readonly Sighting[] {
  const known = new Set(position.recent.map(keyOf));
  const changes = new Map<string, Sighting>();
  for (const sighting of sightings) {
    if (isSettled(sighting, position) || known.has(keyOf(sighting))) continue;
    const other = changes.get(sighting.id);
    if (!other || timeOf(other) < timeOf(sighting)) changes.set(sighting.id, sighting);
  }
  return [...changes.values()];
}

/** The position that knows these too. */
export function advance(position: ChangePosition, changes: readonly Sighting[]): ChangePosition {
  const latestMs = changes.reduce((latest, change) => Math.max(latest, timeOf(change)), position.latestMs);
  const recent = [...position.recent, ...changes.map(({ id, updatedAt }) => ({ id, updatedAt }))]
    .filter((change) => timeOf(change) >= latestMs - SETTLE_MS)
    .sort((one, other) => timeOf(one) - timeOf(other));
  return { latestMs, recent: recent.slice(-MAX_RECENT) };
}
