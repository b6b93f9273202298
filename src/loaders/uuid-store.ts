/**
 * Pairs of UUID and id of one caller's customers, as replicas tell them each other. A pair never changes, so what is
 * there holds, however old it is. Nothing of it ever rejects.
 */
export interface UuidStore {
  idsOf(uuids: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** Returns at once; what gets lost is found by another scan. */
  add(idsByUuid: ReadonlyMap<string, string>): void;
  /** Drops all pairs; returns at once. */
  clear(): void;
}

/** If there are no other replicas to tell or to ask. */
export const NO_UUID_STORE: UuidStore = {
  idsOf: async () => [],
  add: () => undefined,
  clear: () => undefined,
};
