import { printApiText, printSchemaText } from '../schema/print-schema-text.js';
import { createCommand } from './command.js';

export const schemaPrint = createCommand({
  options: {
    api: { type: 'boolean', description: 'What clients see, without the elements of federation' },
    scopes: { type: 'boolean', description: 'Include @requiresScopes, for routers that check scopes themselves' },
  },
  async run({ api = false, scopes = false }) {
    process.stdout.write(api ? printApiText() : printSchemaText({ scopes }));
    return 0;
  },
});
