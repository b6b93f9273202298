/** One option of a command. */
export interface Option {
  type: 'boolean' | 'string';
  description: string;
  /** What stands for the value in the usage, such as FILE. */
  value?: string;
  isRequired?: true;
  /** Given as an argument without its name. */
  isPositional?: true;
}

export type Options = Readonly<Record<string, Option>>;

/** What was given of each option. */
export type Given<O extends Options> = {
  [N in keyof O]: O[N]['type'] extends 'boolean'
    ? boolean | undefined
    : O[N] extends { isRequired: true }
      ? string
      : string | undefined;
};

export interface Command {
  options: Options;
  /** More than the summary says, below the usage. */
  details?: string;
  /** @returns the exit code; what keeps running returns 0 once it runs. @throws UsageError, CommandFailure or ConfigError */
  run(given: Readonly<Record<string, string | boolean | undefined>>): Promise<number>;
}

/** A command whose `run` gets its options by their types. */
export function createCommand<const O extends Options>(command: {
  options: O;
  details?: string;
  run(given: Given<O>): Promise<number>;
}): Command {
  // `toGiven` sees to what the type says: the options it names, each of its type, the required ones there.
  return { ...command, run: (given) => command.run(given as Given<O>) };
}

/** A command was called in a way it does not know. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that the operator can correct, in words for them. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}
