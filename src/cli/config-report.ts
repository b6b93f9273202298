import { loadConfig, type Config } from '../config.js';
import { ConfigError } from '../config/config-error.js';
import type { Variable } from '../config/variable.js';
import { VARIABLES, type Values } from '../config/variables.js';
import { closestName } from './closest-name.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigRow {
  name: string;
  /** As it may be shown: nothing of a secret, no user information, no query. */
  value: string;
  source: 'environment' | 'default' | 'derived';
}

export interface ConfigReport {
  rows: readonly ConfigRow[];
  problems: readonly string[];
  /** Names in the environment that look like a variable's and are none. */
  lookalikes: readonly { name: string; meant: string }[];
}

const LEFT_OUT = '(left out)';
const HIDDEN = '(set, hidden)';
/** In shorter names a letter more or less is likely to be another program's. */
const SHORTEST_LOOKALIKE = 8;

/** What becomes of variables that are left out and have no default of their own. */
const DERIVED: Readonly<Partial<Record<keyof Values, (config: Config) => string>>> = {
  AUTH_MODE: ({ auth }) => auth.mode,
  INTROSPECTION: ({ server }) => (server.introspection ? 'on' : 'off'),
  QUERY_PAGE: ({ server }) => (server.queryPage ? 'on' : 'off'),
  TRUSTED_DOCUMENTS_MODE: ({ trustedDocuments }) => trustedDocuments?.mode ?? 'off',
  UPSTREAM_URL: () => '(the embedded sandbox)',
};

/** Without what may be a credential, whether or not the text is what it has to be. */
function toShown(text: string, { isSecret }: Variable<unknown>): string {
  if (isSecret) return HIDDEN;
  const withoutUser = text.replace(/^([a-z+.-]+:\/\/)?.*@/is, '$1***@');
  return withoutUser.includes('://') ? withoutUser.replace(/\?.*$/s, '?***') : withoutUser;
}

function load(env: Environment): { config: Config | undefined; problems: readonly string[] } {
  try {
    return { config: loadConfig(env), problems: [] };
  } catch (error) {
    if (error instanceof ConfigError) return { config: undefined, problems: error.problems };
    throw error;
  }
}

function findLookalikes(env: Environment): ConfigReport['lookalikes'] {
  const known = Object.keys(VARIABLES);
  return Object.keys(env).flatMap((name) => {
    if (name.length < SHORTEST_LOOKALIKE || known.includes(name)) return [];
    const meant = closestName(name, known, 2);
    return meant === undefined ? [] : [{ name, meant }];
  });
}

/** What the gateway makes of an environment, fit to be shown to whoever runs it. */
export function toConfigReport(env: Environment): ConfigReport {
  const { config, problems } = load(env);
  const rows = Object.entries<Variable<unknown>>(VARIABLES).map(([name, variable]): ConfigRow => {
    const text = env[name];
    if (text) return { name, value: toShown(text, variable), source: 'environment' };
    if (variable.fallback !== undefined) return { name, value: variable.fallback, source: 'default' };
    const derive = DERIVED[name as keyof Values];
    return config && derive
      ? { name, value: derive(config), source: 'derived' }
      : { name, value: LEFT_OUT, source: 'default' };
  });
  return { rows, problems, lookalikes: findLookalikes(env) };
}
