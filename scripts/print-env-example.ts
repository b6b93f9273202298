import { VARIABLES } from '../src/config/variables.js';

/** Prints .env.example: every variable with its description and its default. */
const entries = Object.entries(VARIABLES).map(
  ([name, { description, default: fallback }]) => `# ${description}\n# ${name}=${fallback ?? ''}\n`,
);
process.stdout.write(
  `# Every variable is optional. Copy this file to .env, take the # off the lines you change, and start with\n# node --max-semi-space-size=32 --env-file=.env dist/main.js\n\n${entries.join('\n')}`,
);
