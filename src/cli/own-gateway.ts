import { hash } from 'node:crypto';
import { loadUpstreamToken } from '../auth/credentials.js';
import { loadConfig } from '../config.js';
import { createGateway } from '../gateway.js';
import type { OutcomeStore } from '../idempotency/outcome-store.js';
import { isRecord, parseJson } from '../json/parse-json.js';
import type { ReadData } from '../operations/files/read-rows.js';
import { SANDBOX_TOKENS } from '../sandbox/tokens.js';
import { CommandFailure } from './command.js';

/** What the upstream is reached by; nothing of what the operator's own gateway does besides. */
const TAKEN = /^(?:UPSTREAM_|(?:REQUEST|BULK)_TIMEOUT_MS$|SANDBOX_|HTTPS?_PROXY$|NO_PROXY$|NODE_EXTRA_CA_CERTS$)/i;

/** What a command can send at once. */
export const MAX_OWN_BODY_BYTES = 8 * 1024 * 1024;

/** For one command and one caller, on a free port of this machine. */
const OWN_ENV = {
  HOST: '127.0.0.1',
  PORT: '0',
  AUTH_MODE: 'token',
  LOG_LEVEL: 'silent',
  QUERY_PAGE: 'off',
  MAX_EVENT_LOOP_DELAY_MS: '0',
  UPSTREAM_CHECK_SECONDS: '0',
  MAX_BODY_BYTES: String(MAX_OWN_BODY_BYTES),
};

/** A failure of the gateway's, with its code. */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

function toData(text: string): unknown {
  const body = parseJson(text);
  const { data, errors } = isRecord(body) ? body : { data: undefined, errors: undefined };
  if (!Array.isArray(errors)) return data;
  const error: unknown = errors[0];
  const { message, extensions } = isRecord(error) ? error : { message: undefined, extensions: undefined };
  throw new ReadFailure(String(isRecord(extensions) && extensions['code']), String(message));
}

export interface OwnGatewayOptions {
  /**
   * Opens what remembers writes by their idempotency keys longer than this process. `caller` is a hash of upstream and credential; a write can last for
   * `timeoutMs`.
   */
  openOutcomes?: (caller: string, timeoutMs: number) => Promise<OutcomeStore>;
}

/**
 * Starts a gateway of the command's own, which executes documents in the name of the configured token: on a loopback address, and only for who
 * has that token. Without UPSTREAM_URL it reads the sandbox.
 * @throws CommandFailure or ConfigError if it has no token
 */
export async function startOwnGateway(
  env: NodeJS.ProcessEnv,
  { openOutcomes }: OwnGatewayOptions = {},
): Promise<{ read: ReadData; close(): Promise<unknown> }> {
  const taken = Object.fromEntries(Object.entries(env).filter(([name]) => TAKEN.test(name)));
  const config = loadConfig({ ...taken, ...OWN_ENV });
  const token = config.upstream.url ? await loadUpstreamToken(config.auth) : SANDBOX_TOKENS.first;
  if (token === undefined) throw new CommandFailure('UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE must hold a service token.');
  const caller = hash('sha256', JSON.stringify([config.upstream.url, token]), 'hex');
  const outcomes = await openOutcomes?.(caller, config.upstream.timeoutMs);
  const gateway = await createGateway(config, { outcomes });
  return {
    async read(query, variables) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sds-service-token': token },
        body: JSON.stringify({ query, variables }),
      });
      return toData(await response.text());
    },
    close: () => gateway.close(0),
  };
}
