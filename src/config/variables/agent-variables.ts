import { baseUrl, integer, toolNames } from '../parsers.js';
import { variable } from '../variable.js';

/** Tools for agents, by the Model Context Protocol. */
export const AGENT_VARIABLES = {
  MCP_TOOLS: variable(
    toolNames,
    undefined,
    'Operations of the manifest of trusted documents that agents can call as tools at /mcp, separated by commas: names, or ids of documents. If unset, the path does not exist.',
  ),
  MCP_URL: variable(
    baseUrl,
    undefined,
    'With MCP_TOOLS and AUTH_MODE=jwt, the address of /mcp as clients know it, such as https://gateway.example.com/mcp. Tokens issued for it are accepted as those for JWT_AUDIENCE are.',
  ),
  MCP_MAX_RESULT_BYTES: variable(
    integer(1_024, 16 * 1024 * 1024),
    String(128 * 1024),
    'Largest result of a tool, as JSON. A larger one is an error that says so.',
  ),
  MCP_UPSTREAM_REQUESTS_PER_MINUTE: variable(
    integer(1, 10_000_000),
    '600',
    'Upstream requests that the tools of one caller may cost at once and, on average, a minute.',
  ),
  MCP_WRITES_PER_MINUTE: variable(integer(1, 10_000_000), '60', 'How many of these may be writes.'),
};
