import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.js';
import { ConfigError } from '../errors/config-error.js';
import type { AuthSettings } from '../config/auth-settings.js';
import { isCredential } from '../config/parsers.js';
import type { Logger } from '../telemetry/logger.js';
import type { Authenticate } from './caller.js';

/**
 * The value of a header that says who is calling. Read from the lines as they were sent: of some headers, node:http keeps
 * the first only, and it joins others. @throws GatewayError BAD_REQUEST where it is sent more than once
 */
export function oneHeader({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  let value: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const sent = rawHeaders[index];
    if (sent?.length !== wanted.length || sent.toLowerCase() !== wanted) continue;
    if (value !== undefined) throw new GatewayError('BAD_REQUEST', `${name} must be sent once.`, { httpStatus: 400 });
    value = rawHeaders[index + 1];
  }
  return value;
}

const problem = (text: string): ConfigError => new ConfigError([`UPSTREAM_TOKEN_FILE must ${text}.`]);

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw problem(`be a file that can be read (${String((error as NodeJS.ErrnoException).code)})`);
  }
}

function toToken(text: string): string {
  const token = text.trim();
  if (!isCredential(token)) throw problem('hold a token, and nothing else');
  return token;
}

/** The gateway's own service token; undefined if it has none. @throws ConfigError on a file that holds no token */
export async function loadUpstreamToken(settings: AuthSettings): Promise<string | undefined> {
  if (!settings.credential) return undefined;
  return 'token' in settings.credential ? settings.credential.token : toToken(await readText(settings.credential.file));
}

/** The gateway's own service token. */
export interface OwnToken {
  /** The present one; undefined if the gateway has none. */
  current(): string | undefined;
  close(): void;
}

const LOOK_EVERY_MS = 1_000;

export const fixedToken = (token: string | undefined): OwnToken => ({ current: () => token, close: () => undefined });

/**
 * The configured token, which follows its file until closed: looked at every second, read again when it changed. A file
 * that holds no token leaves the last one in place. @throws ConfigError if there is no good one at the start
 */
export async function watchOwnToken(settings: AuthSettings, logger: Logger): Promise<OwnToken> {
  let token = await loadUpstreamToken(settings);
  if (!settings.credential || 'token' in settings.credential) return fixedToken(token);
  const { file } = settings.credential;

  async function reload(): Promise<void> {
    try {
      const read = await loadUpstreamToken(settings);
      if (read === token) return;
      token = read;
      logger.info({}, 'token file changed; its new token is used from now on');
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      logger.error({ reason }, 'token file changed and holds no valid token; the previous token stays in use');
    }
  }

  // By polling: a mounted secret is exchanged by links, which file system events do not tell of.
  const listener = (): void => void reload();
  watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, listener);
  return { current: () => token, close: () => unwatchFile(file, listener) };
}

const TOKEN_HEADER = 'X-Sds-Service-Token';
/** No scheme of the registry takes a token in a header of its own. */
const CHALLENGE = `ServiceToken header="${TOKEN_HEADER}"`;

/** Callers with a service token of their own, which the upstream judges, else with `defaultToken`. */
export function createServiceTokenCallers(defaultToken: () => string | undefined): Authenticate {
  return (request) => {
    const token = oneHeader(request, TOKEN_HEADER);
    if (token !== undefined && !isCredential(token)) {
      throw new GatewayError('BAD_REQUEST', `${TOKEN_HEADER} must hold a token.`, { httpStatus: 400 });
    }
    const ownToken = defaultToken();
    return {
      serviceToken: token ?? ownToken,
      identity: undefined,
      isVerified: token === undefined && ownToken !== undefined,
      scopes: undefined,
      customerIds: undefined,
      expiresAtMs: undefined,
      signIn: `Send your DRACOON service token in ${TOKEN_HEADER}.`,
      challenge: CHALLENGE,
    };
  };
}
