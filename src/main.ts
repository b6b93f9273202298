import { ConfigError, loadConfig, type Config } from './config.js';
import type { AuthMode } from './config/variables.js';
import { createGateway, type Gateway } from './gateway.js';

/** From sysexits.h: the configuration is wrong. */
const EX_CONFIG = 78;

function fail(message: string, exitCode: number): never {
  console.error(message);
  process.exit(exitCode);
}

function failByConfig({ problems }: ConfigError): never {
  return fail(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`, EX_CONFIG);
}

function readConfig(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return failByConfig(error);
    throw error;
  }
}

async function start(config: Config): Promise<Gateway> {
  try {
    return await createGateway(config);
  } catch (error) {
    if (error instanceof ConfigError) return failByConfig(error);
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const { host, port } = config.server;
    if (code === 'EADDRINUSE') return fail(`Port ${port} on ${host} is taken. Set PORT to another one.`, 1);
    if (code === 'EADDRNOTAVAIL') return fail(`This machine has no address ${host}. Set HOST to one it has.`, 1);
    throw error;
  }
}

const CREDENTIAL_OF: Readonly<Record<AuthMode, string>> = {
  token: " -H 'x-sds-service-token: YOUR-TOKEN'",
  jwt: " -H 'authorization: Bearer YOUR-TOKEN'",
  none: '',
};

function banner({ url, sandboxed, hasQueryPage }: Gateway, { auth }: Config): string {
  const query = '{ customers(first: 3) { totalCount nodes { id companyName quotaUsed } } }';
  return [
    '',
    sandboxed
      ? '  The data is a sandbox: an embedded emulator with made-up customers, reset at every start.'
      : '  The data is real: it comes from the server that UPSTREAM_URL names.',
    '',
    ...(hasQueryPage ? [`  Query page  ${url}/`] : []),
    `  Endpoint    ${url}/graphql`,
    '',
    '  Try it:',
    `  curl ${url}/graphql -H 'content-type: application/json'${CREDENTIAL_OF[auth.mode]} -d '${JSON.stringify({ query })}'`,
    '',
  ].join('\n');
}

const config = readConfig();
const gateway = await start(config);
console.log(banner(gateway, config));

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    void gateway.close().then(() => process.exit(0));
  });
}
