import assert from 'node:assert/strict';
import { execute, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql';
import { compileOperation } from '../../src/executor/compile-operation.js';
import { LongText } from '../../src/executor/text.js';
import type { Records } from '../../src/executor/raw-writer.js';

export interface Comparison {
  schema: GraphQLSchema;
  document: DocumentNode;
  variableValues: Record<string, unknown>;
  /** Makes the context of one execution; all start from equal ones. */
  createContext: () => Context;
  /** As `compileOperation` takes it. */
  records?: Records;
}

export interface Context {
  contextValue: unknown;
  /** What resolvers were told and did, in their order. */
  traces: unknown[];
}

/** All that an execution can be distinguished by. */
export interface Outcome {
  data: string | undefined;
  /** In the order in which they came about. */
  errors: unknown[];
  /** Their causes, which executions may share. */
  causes: unknown[];
  traces: unknown[];
}

export interface Compared {
  byGraphqlJs: Outcome;
  byLane: Outcome;
  /** Whether the lane's text was too long to be put together. */
  isLong: boolean;
  /** Rejections that no one listened to. */
  forgotten: { byGraphqlJs: number; byLane: number };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets everything come to its end that an execution has left under way. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await nextTurn();
}

async function countingForgotten<T>(act: () => Promise<T>): Promise<{ result: T; forgotten: number }> {
  let forgotten = 0;
  const listener = (): void => void (forgotten += 1);
  process.on('unhandledRejection', listener);
  try {
    const result = await act();
    await settle();
    return { result, forgotten };
  } finally {
    process.off('unhandledRejection', listener);
  }
}

function toOutcome(data: string | undefined, errors: readonly GraphQLError[], traces: unknown[]): Outcome {
  return {
    data,
    errors: errors.map(({ message, path, locations, extensions, originalError }) => ({
      ...{ message, path, locations, extensions },
      cause: originalError && `${originalError.name}: ${originalError.message}`,
    })),
    causes: errors.map(({ originalError }) => originalError),
    // What is still under way when the answer is complete goes on tracing.
    traces: [...traces],
  };
}

/** Errors that the compiled path keeps the first time. */
const FEW = 2;

/**
 * Executes an operation by graphql-js, then by the compiled path twice: what the first time compiles, the second time finds. The
 * first time few errors are kept, which must be the first ones, beside the same data and the count of all.
 */
export async function compare({
  schema,
  document,
  variableValues,
  createContext,
  records,
}: Comparison): Promise<Compared> {
  const compiled = compileOperation(schema, document, undefined, records);
  if (!compiled) throw new Error('The compiled path does not take this operation.');

  const js = await countingForgotten(async () => {
    const { contextValue, traces } = createContext();
    const { data, errors = [] } = await execute({ schema, document, variableValues, contextValue });
    return toOutcome(data === undefined ? undefined : JSON.stringify(data), errors, traces);
  });
  let isLong = false;
  const executeLane = async (maxErrors?: number): Promise<Outcome & { errorCount: number }> => {
    const { contextValue, traces } = createContext();
    const { data, errors, errorCount } = await compiled.execute({
      contextValue,
      variableValues,
      ...(maxErrors !== undefined && { maxErrors }),
    });
    isLong = data instanceof LongText;
    const bytes = data instanceof LongText ? data.toBytes() : Buffer.from(data ?? '', 'latin1');
    return { ...toOutcome(data === undefined ? undefined : bytes.toString(), errors, traces), errorCount };
  };
  const first = await countingForgotten(() => executeLane(FEW));
  const second = await countingForgotten(() => executeLane());
  const { errorCount, ...byLane } = second.result;
  if (first.result.data !== byLane.data) throw new Error('The compiled path answers otherwise the second time.');
  if (byLane.data !== undefined) {
    assert.deepEqual(
      first.result.errors,
      byLane.errors.slice(0, FEW),
      'the compiled path keeps other errors than the first ones',
    );
    assert.equal(first.result.errorCount, errorCount, 'the compiled path counts fewer errors than there are');
  }

  return {
    byGraphqlJs: js.result,
    byLane,
    isLong,
    forgotten: { byGraphqlJs: js.forgotten, byLane: first.forgotten + second.forgotten },
  };
}
