import { constants } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { ConfigError, loadConfig, type Config } from './config.js';
import type { AuthMode } from './config/variables.js';
import { createGateway, type Gateway } from './gateway.js';
import { createLogger, type ProcessLogger } from './telemetry/logger.js';

/** From sysexits.h: the configuration is wrong. */
const EX_CONFIG = 78;

/** For what is under way after a crash: nobody knows what state the process is in. */
const CRASH_GRACE_MS = 1_000;
/** From a crash to the end, whatever happens. */
const CRASH_BOUND_MS = 3_000;

/**
 * Under load V8 sees objects of operations live through collections and creates their like in the old generation from then
 * on. There each of them, dead after milliseconds, keeps all that it refers to until the next full collection: up to a
 * third of the CPU time of an operation with many upstream calls, and 80 MiB.
 */
setFlagsFromString('--no-allocation-site-pretenuring');

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

async function start(config: Config, logger: ProcessLogger): Promise<Gateway> {
  try {
    return await createGateway(config, logger);
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
const logger = createLogger(config.logLevel);
const gateway = await start(config, logger);
console.log(banner(gateway, config));

let isStopping = false;
async function stop(graceMs: number): Promise<void> {
  isStopping = true;
  const { cutConnections } = await gateway.close(graceMs);
  process.exit(process.exitCode ?? (cutConnections > 0 ? 1 : 0));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) process.exit(128 + constants.signals[signal]);
    void stop(config.server.shutdownGraceMs);
  });
}

// Unhandled rejections come here too, with an origin that says so.
process.on('uncaughtException', (err, origin) => {
  logger.fatal({ err, origin }, 'crashed');
  process.exitCode = 1;
  // For a drain that has begun already, too, and where closing itself fails.
  setTimeout(() => process.exit(), CRASH_BOUND_MS);
  if (!isStopping) void stop(CRASH_GRACE_MS);
});
