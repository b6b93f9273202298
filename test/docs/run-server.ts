import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '../support/eventually.js';

/**
 * Starts a command of the project as npm would, waits until it prints if it answers, and stops it by SIGTERM.
 * @throws Error with its output if it prints no address, or ends with another code than 0
 */
export async function runServer(command: string, env: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn('/bin/bash', ['-c', `exec ${command}`], {
    env: { PATH: `node_modules/.bin:${process.env['PATH']}`, PORT: '0', SANDBOX_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  try {
    await eventually('it answers', async () => {
      const [address] = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(output) ?? [];
      if (child.exitCode !== null) throw new Error('it has ended');
      return address !== undefined && (await fetch(address)).status < 500;
    });
    child.kill('SIGTERM');
    const [code] = await exited;
    if (code !== 0) throw new Error(`it ended with ${code}`);
  } catch (error) {
    throw new Error(`${command}: ${String(error)}\n${output}`, { cause: error });
  } finally {
    child.kill('SIGKILL');
  }
}
