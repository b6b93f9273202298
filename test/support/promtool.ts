import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs promtool, which has to be on the path (Debian's package prometheus). */
export async function promtool(args: readonly string[], input = ''): Promise<{ code: number; output: string }> {
  const tool = spawn('promtool', args);
  let output = '';
  tool.stdout.on('data', (data: Buffer) => (output += String(data)));
  tool.stderr.on('data', (data: Buffer) => (output += String(data)));
  tool.stdin.end(input);
  const [code] = (await once(tool, 'close')) as [number];
  return { code, output };
}
