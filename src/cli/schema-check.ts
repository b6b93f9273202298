import { readFile } from 'node:fs/promises';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { findSchemaBreaks } from '../schema/find-schema-breaks.js';
import { printSchemaText } from '../schema/print-schema-text.js';
import { CommandFailure, createCommand } from './command.js';

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read (${String((error as NodeJS.ErrnoException).code)}).`);
  }
}

async function readSchema(file: string): Promise<GraphQLSchema> {
  const text = await readText(file);
  try {
    return buildSchema(text);
  } catch (error) {
    throw new CommandFailure(`${file} is no GraphQL schema: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export const schemaCheck = createCommand({
  options: {
    against: {
      type: 'string',
      value: 'FILE',
      isRequired: true,
      description: 'The schema that clients and routers work with now, in SDL, such as an earlier `schema print`',
    },
  },
  details: 'Exits with 1 where something breaks, and names all of it.',
  async run({ against }) {
    const breaks = findSchemaBreaks(await readSchema(against), buildSchema(printSchemaText()));
    if (breaks.length === 0) {
      console.log(`The schema of this gateway keeps all that ${against} promises.`);
      return 0;
    }
    console.error(`The schema of this gateway breaks what ${against} promises:`);
    for (const message of breaks) console.error(`  - ${message}`);
    return 1;
  },
});
