import { startSandbox } from '../sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../sandbox/tokens.js';

/** `npm run sandbox`: the embedded upstream by itself, for looking at it or for pointing another client at it. */

function readInteger(name: string, fallback: number, maximum: number): number {
  const text = process.env[name] ?? '';
  const value = text === '' ? fallback : Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= maximum) return value;
  console.error(`${name} is '${text}'; it has to be an integer from 0 to ${maximum}.`);
  process.exit(78);
}

const sandbox = await startSandbox({
  host: process.env['HOST'] ?? '127.0.0.1',
  port: readInteger('SANDBOX_PORT', 4010, 65_535),
  customers: readInteger('SANDBOX_CUSTOMERS', 2_000, 1_000_000),
});

console.log(`
  The sandbox answers at ${sandbox.url}
  with made-up data that is reset at every start.

  Tokens      ${SANDBOX_TOKENS.first}, ${SANDBOX_TOKENS.second}
  Try it:
  curl '${sandbox.url}/v4/provisioning/customers?limit=3' -H 'x-sds-service-token: ${SANDBOX_TOKENS.first}'
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close());
}
