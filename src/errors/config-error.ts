/** Holds every problem of an environment at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    readonly problems: readonly string[],
    /** About settings that are valid and may have to do with it. */
    readonly notes: readonly string[] = [],
  ) {
    super(problems.join('\n'));
  }
}
