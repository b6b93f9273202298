import { Client, StreamableHTTPClientTransport, type CallToolResult } from '@modelcontextprotocol/client';
import { FIRST } from './start-doors.js';

/** The stateless revision of the protocol, and the one before it. */
export const REVISIONS = ['2026-07-28', '2025-11-25'] as const;
export type Revision = (typeof REVISIONS)[number];

/** An agent's client, by the library of the protocol. */
export interface Agent {
  client: Client;
  call(name: string, variables?: Record<string, unknown>): Promise<CallToolResult>;
}

/** Connects to the tools of a gateway as the first provider, or with other headers. */
export async function startAgent(
  url: string,
  { revision = '2026-07-28', headers = FIRST }: { revision?: Revision; headers?: Record<string, string> } = {},
): Promise<Agent> {
  const mode = revision === '2026-07-28' ? { pin: revision } : ('legacy' as const);
  const client = new Client({ name: 'agent', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit: { headers } }));
  return { client, call: (name, variables = {}) => client.callTool({ name, arguments: variables }) };
}

/** The problem that a failed result holds. */
export function problemIn({ isError, content: [first] }: CallToolResult): Record<string, unknown> {
  if (!isError || first?.type !== 'text') throw new Error(`no problem: ${JSON.stringify(first)}`);
  return JSON.parse(first.text) as Record<string, unknown>;
}
