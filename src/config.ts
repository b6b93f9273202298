export interface Config {
  server: {
    host: string;
    /** 0 takes a free port. */
    port: number;
    maxBodyBytes: number;
  };
  upstream: {
    /** Undefined where the embedded sandbox is the upstream. */
    url: URL | undefined;
    maxConnections: number;
    timeoutMs: number;
    maxResponseBytes: number;
  };
  sandbox: { customers: number };
  logLevel: LogLevel;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Reads one variable's text; @throws Error whose message completes "NAME must …". */
type Parser<T> = (text: string) => T;

export interface Variable<T> {
  description: string;
  /** As it would stand in the environment; undefined where leaving out means something of its own. */
  fallback: string | undefined;
  parse: Parser<T>;
}

const MEBIBYTE = 1024 * 1024;

function integer(min: number, max: number): Parser<number> {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= min && value <= max)) throw new Error(`be a whole number from ${min} to ${max}`);
    return value;
  };
}

function oneOf<T extends string>(values: readonly T[]): Parser<T> {
  return (text) => {
    const found = values.find((value) => value === text);
    if (found === undefined) throw new Error(`be one of ${values.join(', ')}`);
    return found;
  };
}

function baseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Error('be an http or https URL such as https://dracoon.example.com/api');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new Error('hold no credentials, query or fragment');
  }
  return url;
}

function variable<T>(parse: Parser<T>, fallback: string | undefined, description: string): Variable<T> {
  return { parse, fallback, description };
}

/** Every environment variable that the gateway reads. */
export const VARIABLES = {
  HOST: variable(String, '127.0.0.1', 'Address to listen on.'),
  PORT: variable(integer(0, 65_535), '4000', 'Port to listen on; 0 takes a free one.'),
  UPSTREAM_URL: variable(
    baseUrl,
    undefined,
    'Base URL of the DRACOON API with its path, such as https://dracoon.example.com/api. Left out, the embedded sandbox is served.',
  ),
  UPSTREAM_MAX_CONNECTIONS: variable(
    integer(1, 10_000),
    '256',
    'Connections to the upstream, and so the most requests that are under way there at once.',
  ),
  UPSTREAM_TIMEOUT_MS: variable(integer(1, 600_000), '4000', 'Longest wait for one upstream answer, to its last byte.'),
  UPSTREAM_MAX_RESPONSE_BYTES: variable(
    integer(1024, 1024 * MEBIBYTE),
    String(16 * MEBIBYTE),
    'Largest upstream answer that is read.',
  ),
  MAX_BODY_BYTES: variable(
    integer(1024, 64 * MEBIBYTE),
    String(256 * 1024),
    'Largest GraphQL request body that is read.',
  ),
  SANDBOX_CUSTOMERS: variable(integer(0, 1_000_000), '2000', 'Customers in the embedded sandbox.'),
  LOG_LEVEL: variable(oneOf(LOG_LEVELS), 'info', `Least severe log line to write: ${LOG_LEVELS.join(', ')}.`),
};

type Values = { [N in keyof typeof VARIABLES]: ReturnType<(typeof VARIABLES)[N]['parse']> };

/** Holds every problem of an environment at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

function readValues(env: Readonly<Record<string, string | undefined>>): Partial<Values> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { parse, fallback }] of Object.entries<Variable<unknown>>(VARIABLES)) {
    const text = env[name] || fallback;
    if (text === undefined) continue;
    try {
      values[name] = parse(text);
    } catch (error) {
      problems.push(`${name} must ${error instanceof Error ? error.message : 'be different'}.`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return values;
}

/** The configuration that an environment describes; an empty variable counts as left out. @throws ConfigError */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const values = readValues(env) as Values & { UPSTREAM_URL: URL | undefined };
  return Object.freeze({
    server: Object.freeze({ host: values.HOST, port: values.PORT, maxBodyBytes: values.MAX_BODY_BYTES }),
    upstream: Object.freeze({
      url: values.UPSTREAM_URL,
      maxConnections: values.UPSTREAM_MAX_CONNECTIONS,
      timeoutMs: values.UPSTREAM_TIMEOUT_MS,
      maxResponseBytes: values.UPSTREAM_MAX_RESPONSE_BYTES,
    }),
    sandbox: Object.freeze({ customers: values.SANDBOX_CUSTOMERS }),
    logLevel: values.LOG_LEVEL,
  });
}
