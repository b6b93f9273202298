import assert from 'node:assert/strict';
import { compare, type Comparison } from './compare.js';

/** What has been compared so far, so that anyone who watches can tell a test that tests something. */
export interface Tally {
  operations: number;
  withErrors: number;
  /** With answers too long for one string. */
  long: number;
  /** Executions in which graphql-js forgot a promise that rejected later: the compiled path must not. */
  forgottenByGraphqlJs: number;
  /** Records that were written out of their text. */
  recordsAsText: number;
}

/** Executes an operation both ways. @throws Error that shows the operation if the compiled path differs from graphql-js */
export async function expectAlike(comparison: Comparison & { text: string }, tally: Tally): Promise<void> {
  const { byGraphqlJs, byLane, isLong, forgotten } = await compare(comparison);
  tally.operations += 1;
  if (isLong) tally.long += 1;
  if (byGraphqlJs.errors.length > 0) tally.withErrors += 1;
  if (forgotten.byGraphqlJs > 0) tally.forgottenByGraphqlJs += 1;
  try {
    assert.deepEqual(byLane, byGraphqlJs);
    assert.equal(forgotten.byLane, 0, 'the compiled path forgot a promise that rejected later');
  } catch (error) {
    const { text, variableValues } = comparison;
    throw new Error(`${text}\n${JSON.stringify(variableValues)}\n${String(error)}`, { cause: error });
  }
}
