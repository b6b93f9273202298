import { printSchemaText } from '../schema/print-schema-text.js';
import { createCommand } from './command.js';

export const schemaPrint = createCommand({
  options: {
    scopes: { type: 'boolean', description: 'With @requiresScopes, for routers that check scopes themselves' },
  },
  async run({ scopes = false }) {
    process.stdout.write(printSchemaText({ scopes }));
    return 0;
  },
});
