const FACTOR = Number(process.env['RUNS_FACTOR'] ?? 1);

/** Number of generated cases: the default times RUNS_FACTOR. */
export const runs = (defaultRuns: number): number => Math.ceil(defaultRuns * FACTOR);
