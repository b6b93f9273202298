import 'reflect-metadata';
import fc, { type IAsyncProperty } from 'fast-check';
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fixedToken } from '../../src/auth/credentials.js';
import { createAcceptedCredentials } from '../../src/auth/accepted-credentials.js';
import { callerWith } from '../../src/auth/caller.js';
import { loadConfig } from '../../src/config.js';
import { createOperations } from '../../src/wiring/operation.js';
import { createSharedState } from '../../src/wiring/shared-state.js';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import type { Context } from './compare.js';
import { createUnknownFields } from '../../src/records/decode.js';
import { expectAlike, type Tally } from './expect-alike.js';
import { generateOperation } from './generate-operation.js';
import { generateVariables } from './generate-variables.js';
import { createStubUpstream } from './stub-upstream.js';
import { createRecordTexts } from '../../src/records/text/record-matcher.js';
import { createUnverifiedValues } from '../../src/records/unverified-values.js';
import { createTextRecords } from './text-records.js';

const schemas = {
  open: buildSubgraphSchema({ enforcesScopes: false }),
  scoped: buildSubgraphSchema({ enforcesScopes: true }),
};
const records = createTextRecords();
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const SCOPES = ['customers:read', 'webhooks:read', 'customers:write', 'secrets:read', 'webhooks:write'];

/** A context of the gateway itself, over an upstream that is made up. */
function createContext(seed: number, oddness: number, scopes: ReadonlySet<string> | undefined): Context {
  const traces: string[] = [];
  const config = loadConfig({ LOG_LEVEL: 'silent', UPSTREAM_URL: 'http://127.0.0.1:1' });
  const recordTexts = createRecordTexts();
  const unverifiedValues = createUnverifiedValues(() => undefined);
  const operations = createOperations({
    config,
    client: createStubUpstream(seed, oddness, traces),
    upstreamUrl: new URL('http://127.0.0.1:1'),
    state: createSharedState({ config, connections: undefined, recordTexts, unverifiedValues, logger: SILENT }),
    accepted: createAcceptedCredentials(),
    ownToken: fixedToken(undefined),
    unknownFields: createUnknownFields(() => undefined),
    unverifiedValues,
    recordTexts,
    describeFailure: () => ({ message: 'failed' }),
  });
  const request = { headers: {}, headersDistinct: {} } as unknown as IncomingMessage;
  const response = new EventEmitter() as unknown as ServerResponse;
  const caller = { ...callerWith('token'), scopes };
  return { contextValue: operations.ofRequest(request, response, caller), traces };
}

/** The compiled path answers as graphql-js does: over the gateway's own schema and loaders, whatever the upstream answers. */
export function gatewaySchema(tally: Tally): IAsyncProperty<unknown> {
  return fc.asyncProperty(
    fc.gen(),
    fc.integer(),
    fc.constantFrom(0, 0.01, 0.05, 0.2),
    fc.option(fc.subarray(SCOPES), { nil: undefined }),
    async (g, seed, oddness, scopes) => {
      const schema = scopes ? schemas.scoped : schemas.open;
      const operation = generateOperation(g, schema);
      if (!operation) return;
      const variableValues = generateVariables(g, schema, operation.variables);
      const granted = scopes && new Set(scopes);
      const create = (): Context => createContext(seed, oddness, granted);
      await expectAlike({ ...operation, schema, variableValues, createContext: create, records }, tally);
      tally.recordsAsText = records.reads;
    },
  );
}
