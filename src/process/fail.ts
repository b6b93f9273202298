import type { Config } from '../config.js';
import { ConfigError } from '../errors/config-error.js';
import type { StartFailure } from './workers/worker-messages.js';

/** From sysexits.h: the configuration is wrong. */
const EX_CONFIG = 78;

/** Says why the process can't run, and ends it. */
export function fail({ message, exitCode }: Omit<StartFailure, 'kind'>): never {
  console.error(message);
  process.exit(exitCode);
}

/** A failure that the operator can correct, in words for them; undefined for any other. */
export function toStartFailure(
  error: unknown,
  { server: { host, port } }: Pick<Config, 'server'>,
): StartFailure | undefined {
  if (error instanceof ConfigError) return configFailure(error);
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return { kind: 'failed', message: `Port ${port} on ${host} is in use. Set PORT to another one.`, exitCode: 1 };
    case 'EADDRNOTAVAIL':
      return { kind: 'failed', message: `This machine has no address ${host}. Set HOST to one it has.`, exitCode: 1 };
    default:
      return undefined;
  }
}

export function configFailure({ problems, notes }: ConfigError): StartFailure {
  const lines = [...problems.map((problem) => `  - ${problem}`), ...notes.map((note) => `\nNote: ${note}`)];
  const message = `The configuration is invalid:\n${lines.join('\n')}`;
  return { kind: 'failed', message, exitCode: EX_CONFIG };
}
