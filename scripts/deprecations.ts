import { parseArgs } from 'node:util';
import { deprecations } from '../src/cli/deprecations.js';

/** `npm run deprecations -- --url … --days … --element … --json`, with DEPRECATIONS_TOKEN in the environment. */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    days: { type: 'string' },
    element: { type: 'string' },
    json: { type: 'boolean' },
  },
});
process.exitCode = await deprecations(values, process.env['DEPRECATIONS_TOKEN']);
