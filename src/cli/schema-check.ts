import { buildSchema, type GraphQLSchema } from 'graphql';
import { findSchemaBreaks } from '../schema/find-schema-breaks.js';
import { printSchemaText } from '../schema/print-schema-text.js';
import { buildSubgraphSchema } from '../schema/build-subgraph-schema.js';
import { loadManifest, type Manifest } from '../operations/trusted-documents/load-manifest.js';
import { readManifestOperations } from '../operations/trusted-documents/manifest-operations.js';
import { CommandFailure, UsageError, createCommand } from './command.js';
import { readText } from './files.js';

const toReason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function readSchema(file: string): Promise<GraphQLSchema> {
  const text = await readText(file);
  try {
    return buildSchema(text);
  } catch (error) {
    throw new CommandFailure(`${file} is not a GraphQL schema: ${toReason(error)}`);
  }
}

async function readManifest(file: string): Promise<Manifest> {
  const text = await readText(file);
  try {
    return loadManifest(text);
  } catch (error) {
    throw new CommandFailure(`${file} is not a manifest of trusted documents: ${toReason(error)}`);
  }
}

/** Prints the outcome of one comparison. Returns its exit code. */
function report(breaks: readonly string[], { kept, broken }: { kept: string; broken: string }): number {
  if (breaks.length === 0) {
    console.log(kept);
    return 0;
  }
  console.error(broken);
  for (const message of breaks) console.error(`  - ${message}`);
  return 1;
}

async function checkSchema(file: string): Promise<number> {
  return report(findSchemaBreaks(await readSchema(file), buildSchema(printSchemaText())), {
    kept: `The schema of this gateway keeps all that ${file} promises.`,
    broken: `The schema of this gateway breaks what ${file} promises:`,
  });
}

async function checkDocuments(file: string): Promise<number> {
  const schema = buildSubgraphSchema({ enforcesScopes: false });
  const { misfits } = readManifestOperations(await readManifest(file), schema);
  return report(
    misfits.map(({ id, reason }) => `${id}: ${reason}`),
    {
      kept: `The schema of this gateway fits every document of ${file}.`,
      broken: `The schema of this gateway does not fit documents of ${file}:`,
    },
  );
}

export const schemaCheck = createCommand({
  options: {
    against: {
      type: 'string',
      value: 'FILE',
      description: 'The schema in use, as SDL: the output of an earlier `schema print`',
    },
    documents: {
      type: 'string',
      value: 'FILE',
      description: 'The trusted documents in use: a manifest as TRUSTED_DOCUMENTS names it',
    },
  },
  details: 'Lists every breaking change and every document that cannot be run, and exits with 1 if there is one.',
  async run({ against, documents }) {
    if (against === undefined && documents === undefined) throw new UsageError('--against or --documents is missing.');
    const codes = [
      against === undefined ? 0 : await checkSchema(against),
      documents === undefined ? 0 : await checkDocuments(documents),
    ];
    return Math.max(...codes);
  },
});
