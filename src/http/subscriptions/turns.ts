/** Lets so many of one key work at a time; the others wait in order. */
export interface Turns {
  /** Resolves with the end of the turn, to be called once. */
  take(key: unknown): Promise<() => void>;
}

interface Line {
  working: number;
  waiting: (() => void)[];
}

export function createTurns(atOnce: number): Turns {
  const lines = new Map<unknown, Line>();

  function end(key: unknown, line: Line): void {
    const next = line.waiting.shift();
    if (next) {
      next();
      return;
    }
    line.working -= 1;
    if (line.working === 0) lines.delete(key);
  }

  return {
    async take(key) {
      const line = lines.get(key) ?? { working: 0, waiting: [] };
      lines.set(key, line);
      if (line.working < atOnce) line.working += 1;
      else await new Promise<void>((resolve) => line.waiting.push(resolve));
      return () => end(key, line);
    },
  };
}
