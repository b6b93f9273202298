import type { GraphQLError } from 'graphql';
import type { Written } from './long-text.js';

export interface OperationInput {
  readonly contextValue: unknown;
  /** As the request gave them, not yet coerced. */
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface OperationOutput {
  /** JSON of `data`, one character for each byte of its UTF-8 (`byte-text.ts`); undefined where the variables do not fit, so that nothing was executed. */
  readonly data: Written | undefined;
  /** As graphql-js makes them: located and unformatted, in the order in which they came about. */
  readonly errors: readonly GraphQLError[];
}

/** An operation made ready to be executed many times. */
export interface CompiledOperation {
  /** Answers at once where nothing has to be awaited. Neither throws nor rejects for what resolvers and scalars do. */
  execute(input: OperationInput): OperationOutput | Promise<OperationOutput>;
}
