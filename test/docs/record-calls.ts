import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A command as a shell would start it: its words, and the variables that the snippet sets. */
export interface Call {
  words: string[];
  env: Record<string, string>;
}

/** What snippets take as given. */
const GIVEN = { TOKEN: 'sandbox-provider-one', BASE: 'http://127.0.0.1:4010/api', A: '1', B: '2' };
const SHELLS_OWN = ['PATH', 'PWD', 'OLDPWD', 'SHLVL', '_', ...Object.keys(GIVEN)];

// There is nothing on the PATH, so whatever is started ends up here.
const RECORDER = `
command_not_found_handle() {
  printf '%s\\0' "$@"; printf '\\0'
  while IFS= read -r name; do printf '%s=%s\\0' "$name" "\${!name}"; done < <(compgen -e)
  printf '\\0'
} >&3
set -a
`;

/**
 * Has bash run a snippet, where each command is written down in place of being run. The last call has no words: it holds
 * the variables that are set at the end. @throws Error if bash does not understand the snippet
 */
export function recordCalls(snippet: string): Call[] {
  const cwd = mkdtempSync(join(tmpdir(), 'snippet-'));
  const { status, stderr, output } = spawnSync(
    '/bin/bash',
    ['--norc', '--noprofile', '-c', `${RECORDER}${snippet}\ncommand_not_found_handle ''`],
    { cwd, env: { PATH: '/nonexistent', ...GIVEN }, stdio: ['ignore', 'ignore', 'pipe', 'pipe'], timeout: 10_000 },
  );
  rmSync(cwd, { recursive: true });
  if (status !== 0 || stderr.length > 0) throw new Error(`bash: ${String(stderr)} in: ${snippet}`);
  return withoutCopies(toCalls(String(output[3])));
}

function toCalls(record: string): Call[] {
  const lists = record.split('\0\0').slice(0, -1);
  return lists.flatMap((words, index) => {
    if (index % 2 === 1) return [];
    const pairs = (lists[index + 1] ?? '').split('\0').map((pair) => /^([^=]*)=(.*)$/s.exec(pair) ?? []);
    const set = pairs.map(([, name = '', value = '']) => [name, value] as const);
    const env = Object.fromEntries(set.filter(([name]) => !SHELLS_OWN.includes(name)));
    return [{ words: words.split('\0').filter((word) => word !== ''), env }];
  });
}

/** Nothing is copied, so what a later command does with a copy is done with the original. */
function withoutCopies(calls: readonly Call[]): Call[] {
  const copies = calls.flatMap(({ words }) => (words[0] === 'cp' ? [words.slice(-2)] : []));
  return calls.map(({ words, env }) => ({
    env,
    words: words.map((word) => {
      const [original = '', copy = ''] =
        copies.find(([, path = '']) => word.startsWith(`${path}/`) || word === path) ?? [];
      return words[0] === 'cp' || copy === '' ? word : original + word.slice(copy.length);
    }),
  }));
}
