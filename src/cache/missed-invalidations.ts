interface Missed {
  scope: string;
  tags: readonly string[];
}

/** Past this many, the oldest are forgotten, and other replicas may serve what they were about until its time is up. */
const MAX_MISSED = 100_000;

/** What was invalidated while no one could be told, to be made up for once someone can. */
export interface MissedInvalidations {
  add(scope: string, tags: readonly string[]): void;
  /** Everything added since the last time. */
  take(): readonly Missed[];
}

export function createMissedInvalidations(): MissedInvalidations {
  let tagsByScope = new Map<string, Set<string>>();
  let count = 0;

  function forgetOldest(): void {
    for (const [scope, tags] of tagsByScope) {
      if (count <= MAX_MISSED) return;
      tagsByScope.delete(scope);
      count -= tags.size;
    }
  }

  return {
    add(scope, tags) {
      const known = tagsByScope.get(scope) ?? new Set();
      tagsByScope.set(scope, known);
      count -= known.size;
      for (const tag of tags) known.add(tag);
      count += known.size;
      forgetOldest();
    },
    take() {
      const taken = [...tagsByScope].map(([scope, tags]) => ({ scope, tags: [...tags] }));
      tagsByScope = new Map();
      count = 0;
      return taken;
    },
  };
}
