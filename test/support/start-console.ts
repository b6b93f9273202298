import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SandboxOptions } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { startStack, type Stack } from './start-stack.js';

/** The built console before a gateway and a sandbox of its own. */
export interface ConsoleStack extends Stack {
  /** Where the console is. */
  url: string;
  /** Ends the console alone. */
  closeConsole(): Promise<void>;
}

/** The documents of the console. */
export const CONSOLE_MANIFEST = fileURLToPath(
  new URL('../../examples/console/app/gql/persisted-documents.json', import.meta.url),
);
const START_TIMEOUT_MS = 60_000;

/** Serves the console before a gateway, in a process of its own: the server's modules are not made for Jest's. */
async function serve(gatewayUrl: string): Promise<{ url: string; close(): Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/console/start.ts'], {
    env: { PATH: process.env['PATH'], GATEWAY_URL: gatewayUrl, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const hasExited = once(child, 'exit');
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (): void => reject(new Error(`The console did not start: ${output}`));
    const timer = setTimeout(fail, START_TIMEOUT_MS);
    child.once('exit', fail);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const [, found] = /The console is at (\S+)/.exec(output) ?? [];
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(found);
      });
    }
  });
  return {
    url,
    async close() {
      child.kill();
      await hasExited;
    },
  };
}

/** As `npm run console` does: the gateway runs the documents of the console, and no others. */
export async function startConsole(
  env: Record<string, string> = {},
  sandbox: SandboxOptions = {},
): Promise<ConsoleStack> {
  const stack = await startStack({
    sandbox,
    env: {
      QUERY_PAGE: 'off',
      TRUSTED_DOCUMENTS: CONSOLE_MANIFEST,
      AUTH_MODE: 'none',
      UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
      ...env,
    },
  });
  const server = await serve(stack.gateway.url);
  return {
    ...stack,
    url: server.url,
    closeConsole: server.close,
    async close() {
      await server.close();
      await stack.close();
    },
  };
}
