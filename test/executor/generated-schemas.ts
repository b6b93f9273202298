import fc, { type IAsyncProperty } from 'fast-check';
import type { Context } from './compare.js';
import { expectAlike, type Tally } from './expect-alike.js';
import { generateOperation } from './generate-operation.js';
import { generateSchema } from './generate-schema.js';
import { generateVariables } from './generate-variables.js';
import { createWorld } from './world.js';

/** The compiled path answers as graphql-js does: over any schema, whatever resolvers give, throw and reject with. */
export function generatedSchemas(tally: Tally): IAsyncProperty<unknown> {
  return fc.asyncProperty(fc.gen(), fc.integer(), fc.constantFrom(0, 0.02, 0.1, 0.3), async (g, seed, oddness) => {
    const world = createWorld(seed, oddness);
    const schema = generateSchema(g, world);
    world.schema = schema;
    const operation = generateOperation(g, schema);
    if (!operation) return;
    const variableValues = generateVariables(g, schema, operation.variables);
    const createContext = (): Context => {
      const traces: unknown[] = [];
      return { contextValue: { traces }, traces };
    };
    await expectAlike({ ...operation, schema, variableValues, createContext }, tally);
  });
}
