import { authProblems } from './auth-settings.js';
import type { Environment } from './checked-values.js';
import type { Values } from './variables.js';

function mcpRules(values: Partial<Values>): [boolean, string][] {
  if (!values.MCP_TOOLS) return [];
  const isBearer = values.AUTH_MODE === 'jwt';
  const hasManifest = values.TRUSTED_DOCUMENTS !== undefined && values.TRUSTED_DOCUMENTS_MODE !== 'off';
  return [
    [isBearer && !values.MCP_URL, 'MCP_URL must be set with MCP_TOOLS and AUTH_MODE=jwt.'],
    [
      isBearer && !URL.canParse(values.JWT_ISSUER ?? ''),
      'JWT_ISSUER must be a URL with MCP_TOOLS, because clients find the authorization server by it.',
    ],
    [
      values.UPSTREAM_URL !== undefined && !hasManifest,
      'TRUSTED_DOCUMENTS must name a manifest that has the operations of MCP_TOOLS.',
    ],
  ];
}

/** What is wrong between variables. `values` has those that can be read, `env` the trimmed texts of all. */
export function problemsBetween(values: Partial<Values>, env: Environment): string[] {
  const { PORT = 0, METRICS_PORT, ROUTER_INVALIDATION_URL, ROUTER_INVALIDATION_KEY } = values;
  const rules: [boolean, string][] = [
    [PORT > 0 && PORT === METRICS_PORT, 'METRICS_PORT must be another port than PORT.'],
    ...mcpRules(values),
    [
      ROUTER_INVALIDATION_URL !== undefined && !ROUTER_INVALIDATION_KEY,
      'ROUTER_INVALIDATION_KEY must be set with ROUTER_INVALIDATION_URL.',
    ],
    [
      (values.TRUSTED_DOCUMENTS_MODE ?? 'off') !== 'off' && !values.TRUSTED_DOCUMENTS,
      'TRUSTED_DOCUMENTS must name a manifest, as TRUSTED_DOCUMENTS_MODE is on.',
    ],
  ];
  const broken = rules.filter(([isBroken]) => isBroken).map(([, sentence]) => sentence);
  return [...authProblems(values, (name) => Boolean(env[name])), ...broken];
}
