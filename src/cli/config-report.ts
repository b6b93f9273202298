import { loadConfig, type Config } from '../config.js';
import { ConfigError } from '../errors/config-error.js';
import { trimmed, type Environment } from '../config/checked-values.js';
import type { Variable } from '../config/variable.js';
import { variablesOf } from '../config/upstream-profile.js';
import { VARIABLES, type Values } from '../config/variables.js';

export interface ConfigRow {
  name: string;
  /** As it may be shown: nothing of a secret, no user information, no query. */
  value: string;
  source: 'environment' | 'profile' | 'default' | 'derived';
}

export interface ConfigReport {
  rows: readonly ConfigRow[];
  problems: readonly string[];
  /** Sentences about settings that are valid, and unsafe or unlikely to be meant. */
  notes: readonly string[];
}

const LEFT_OUT = '(left out)';
const HIDDEN = '(set, hidden)';

/** The outcome of variables that are left out and have no default of their own. */
const DERIVED: Readonly<Partial<Record<keyof Values, (config: Config) => string>>> = {
  AUTH_MODE: ({ auth }) => auth.mode,
  INTROSPECTION: ({ server }) => (server.introspection ? 'on' : 'off'),
  QUERY_PAGE: ({ server }) => (server.queryPage ? 'on' : 'off'),
  TRUSTED_DOCUMENTS_MODE: ({ trustedDocuments }) => trustedDocuments?.mode ?? 'off',
  UPSTREAM_URL: () => '(the embedded sandbox)',
};

/** Without what may be a credential, whether or not the text is what it has to be. */
function toShown(text: string, { isSecret }: Variable): string {
  if (isSecret) return HIDDEN;
  const withoutUser = text.replace(/^([a-z+.-]+:\/\/)?.*@/is, '$1***@');
  return withoutUser.includes('://') ? withoutUser.replace(/\?.*$/s, '?***') : withoutUser;
}

function load(env: Environment): Pick<ConfigReport, 'problems' | 'notes'> & { config: Config | undefined } {
  try {
    const config = loadConfig(env);
    return { config, problems: [], notes: config.notes };
  } catch (error) {
    if (error instanceof ConfigError) {
      const { problems, notes } = error;
      return { config: undefined, problems, notes };
    }
    throw error;
  }
}

/** What the gateway makes of an environment, fit to be shown to its operator. */
export function toConfigReport(given: Environment): ConfigReport {
  const env = trimmed(given);
  const { config, problems, notes } = load(env);
  const settled = config?.upstream.profile ? variablesOf(config.upstream.profile) : {};
  const rows = Object.entries<Variable>(VARIABLES).map(([name, variable]): ConfigRow => {
    const text = env[name];
    if (text) return { name, value: toShown(text, variable), source: 'environment' };
    if (settled[name]) return { name, value: settled[name], source: 'profile' };
    if (variable.default !== undefined) return { name, value: variable.default, source: 'default' };
    const derive = DERIVED[name as keyof Values];
    return config && derive
      ? { name, value: derive(config), source: 'derived' }
      : { name, value: LEFT_OUT, source: 'default' };
  });
  return { rows, problems, notes };
}
