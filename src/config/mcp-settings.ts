import type { AuthSettings } from './auth-settings.js';
import type { Checked } from './checked-values.js';
import type { Values } from './variables.js';

/** Tools for agents. */
export interface McpConfig {
  /** Names or ids of operations of the manifest. */
  tools: readonly string[];
  /** What clients get tokens for, and from whom; undefined unless callers are known by bearer tokens. */
  resource: { url: URL; issuer: string } | undefined;
  /** Of the JSON of one result. */
  maxResultBytes: number;
  /** Upstream requests of one caller, at once and a minute. */
  requestsPerMinute: number;
  /** Those of them that write. */
  writesPerMinute: number;
}

/** What is wrong between variables. */
export function mcpProblems(values: Partial<Values>): string[] {
  const { MCP_TOOLS, MCP_URL, AUTH_MODE, JWT_ISSUER = '', UPSTREAM_URL, TRUSTED_DOCUMENTS } = values;
  if (!MCP_TOOLS) return [];
  const isBearer = AUTH_MODE === 'jwt';
  const hasManifest = TRUSTED_DOCUMENTS !== undefined && values.TRUSTED_DOCUMENTS_MODE !== 'off';
  return [
    ...(isBearer && !MCP_URL ? ['MCP_URL must be set with MCP_TOOLS and AUTH_MODE=jwt.'] : []),
    ...(isBearer && !URL.canParse(JWT_ISSUER)
      ? ['JWT_ISSUER must be a URL with MCP_TOOLS, because clients find the authorization server by it.']
      : []),
    ...(UPSTREAM_URL && !hasManifest
      ? ['TRUSTED_DOCUMENTS must name a manifest that has the operations of MCP_TOOLS.']
      : []),
  ];
}

/** Undefined if there are no tools. */
export function toMcp(values: Checked, auth: AuthSettings): McpConfig | undefined {
  const { MCP_TOOLS: tools, MCP_URL: url } = values;
  if (!tools) return undefined;
  return Object.freeze({
    tools,
    resource: auth.mode === 'jwt' && url ? { url, issuer: auth.jwt.issuer } : undefined,
    maxResultBytes: values.MCP_MAX_RESULT_BYTES,
    requestsPerMinute: values.MCP_UPSTREAM_REQUESTS_PER_MINUTE,
    writesPerMinute: values.MCP_WRITES_PER_MINUTE,
  });
}
