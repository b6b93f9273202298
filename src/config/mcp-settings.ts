import type { AuthSettings } from './auth-settings.js';
import type { Values } from './variables.js';

/** Undefined if there are no tools. */
export function toMcp(values: Values, auth: AuthSettings) {
  const { MCP_TOOLS: tools, MCP_URL: url } = values;
  if (!tools) return undefined;
  return Object.freeze({
    /** Names or ids of operations of the manifest. */
    tools,
    /** What clients get tokens for, and from whom; undefined unless callers are known by bearer tokens. */
    resource: auth.mode === 'jwt' && url ? { url, issuer: auth.jwt.issuer } : undefined,
    /** Of the JSON of one result. */
    maxResultBytes: values.MCP_MAX_RESULT_BYTES,
    /** Upstream requests of one caller, at once and a minute. */
    requestsPerMinute: values.MCP_UPSTREAM_REQUESTS_PER_MINUTE,
    /** Those of them that write. */
    writesPerMinute: values.MCP_WRITES_PER_MINUTE,
  });
}

/** Tools for agents. */
export type McpConfig = NonNullable<ReturnType<typeof toMcp>>;
