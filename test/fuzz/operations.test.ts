import fc from 'fast-check';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { arbitraryOperation } from '../support/arbitrary-operation.js';
import { ODDITIES } from '../support/oddities.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { runs } from '../support/runs.js';

const RUNS = runs(150);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sandbox: { customers: 40 }, env: { CACHE_TTL_SECONDS: '1', CACHE_SWR_SECONDS: '1' } });
});
afterAll(() => stack.close());
beforeEach(() => {
  stack.sandbox.faults.clear();
  stack.sandbox.log.clear();
});

/** Replaces the value at the `position`-th place of a document by something that no one promised. */
function spoil(value: unknown, position: { left: number }, oddity: unknown): unknown {
  if ((position.left -= 1) < 0 && position.left > -2) return oddity;
  if (Array.isArray(value)) return value.map((item) => spoil(item, position, oddity));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, spoil(part, position, oddity)]));
}

async function expectNoBug(operation: string): Promise<void> {
  const { status, errors, data } = await stack.execute(operation);
  expect([200, 400]).toContain(status);
  expect(data !== undefined || (errors?.length ?? 0) > 0).toBe(true);
  expect(errors?.filter(({ extensions }) => extensions.code === 'INTERNAL_SERVER_ERROR') ?? []).toEqual([]);
  expect(JSON.stringify(errors ?? [])).not.toMatch(/sandbox-provider|\/v4\/|node_modules|\bat \S+ \(/);
}

describe('any operation', () => {
  it('is answered, and never by a bug of the gateway', async () => {
    await fc.assert(fc.asyncProperty(arbitraryOperation(buildSubgraphSchema({ enforcesScopes: false })), expectNoBug), {
      numRuns: RUNS,
    });
    expect(stack.sandbox.log.all().filter(({ operationId }) => operationId === null)).toEqual([]);
  });

  it('is so over an upstream that breaks its promises', async () => {
    const spoiled = fc.record({
      operation: arbitraryOperation(buildSubgraphSchema({ enforcesScopes: false })),
      place: fc.nat(60),
      oddity: fc.constantFrom(...ODDITIES),
    });
    await fc.assert(
      fc.asyncProperty(spoiled, async ({ operation, place, oddity }) => {
        stack.sandbox.faults.clear();
        stack.sandbox.faults.add({
          action: { kind: 'transform', transform: (json) => spoil(json, { left: place }, oddity) },
        });
        await expectNoBug(operation);
      }),
      { numRuns: RUNS },
    );
  });
});
