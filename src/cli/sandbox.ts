import { startSandbox } from '../sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../sandbox/tokens.js';
import { createCommand, UsageError } from './command.js';

function toInteger(what: string, text: string, maximum: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value <= maximum) return value;
  throw new UsageError(`${what} is '${text}'; it must be a whole number from 0 to ${maximum}.`);
}

/** An option, else its variable, else the default; an empty variable counts as left out. */
const integerOf = (option: string | undefined, variable: string, fallback: string, maximum: number): number =>
  toInteger(
    option === undefined ? variable : 'The option',
    option ?? (process.env[variable]?.trim() || fallback),
    maximum,
  );

/** The embedded upstream by itself, for looking at it or for pointing another client at it. */
export const sandbox = createCommand({
  options: {
    host: { type: 'string', value: 'ADDRESS', description: 'Address to listen on; default HOST, else 127.0.0.1' },
    port: {
      type: 'string',
      value: 'PORT',
      description: 'Port to listen on, 0 for any free one; default SANDBOX_PORT, else 4010',
    },
    customers: {
      type: 'string',
      value: 'COUNT',
      description: 'Number of customers; default SANDBOX_CUSTOMERS, else 2000',
    },
  },
  async run({ host, port, customers }) {
    const count = integerOf(customers, 'SANDBOX_CUSTOMERS', '2000', 1_000_000);
    const listenAt = integerOf(port, 'SANDBOX_PORT', '4010', 65_535);
    console.error(`Making up ${count} customers ...`);
    const served = await startSandbox({
      host: host ?? (process.env['HOST']?.trim() || '127.0.0.1'),
      port: listenAt,
      customers: count,
    });
    console.log(`
  Sandbox     ${served.url}
  Data        ${count} made-up customers, reset at every start

  Tokens      ${SANDBOX_TOKENS.first}, ${SANDBOX_TOKENS.second}

  Try it:
  curl '${served.url}/v4/provisioning/customers?limit=3' -H 'x-sds-service-token: ${SANDBOX_TOKENS.first}'

  Stop with Ctrl+C.
`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void served.close());
    return 0;
  },
});
