import { existsSync, readFileSync } from 'node:fs';
import { loadOptions } from '../../bench/options.js';
import { checkProgram } from './check-program.js';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** What a script of package.json runs. @throws Error if there is none of this name */
export function scriptOf(name: string): string {
  const script = scripts[name];
  if (script === undefined) throw new Error(`package.json has no script ${name}`);
  return script;
}

/** The files of this repository that a script runs, those of scripts that it starts among them. */
function filesOf(script: string): string[] {
  const files = script.match(/\b[\w./-]+\.(ts|js|json|yml)\b/g) ?? [];
  const others = [...script.matchAll(/npm run ([\w:]+)/g)].flatMap(([, name = '']) => filesOf(scriptOf(name)));
  return [...files, ...others];
}

async function checkOptions(name: string, options: readonly string[]): Promise<void> {
  if (name === 'bench') {
    loadOptions(options);
    return;
  }
  const [, words] = /^tsx src\/cli\/main\.ts ?(.*)$/.exec(scriptOf(name)) ?? [];
  if (words !== undefined) {
    await checkProgram([...words.split(' '), ...options].filter((word) => word !== ''));
    return;
  }
  const text = filesOf(scriptOf(name))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  for (const option of options) {
    if (!option.startsWith('--')) continue;
    const long = option.slice(2).replace(/=.*/, '');
    const isDeclared = text.includes(`'--${long}'`) || new RegExp(`['\\s]${long}'?: \\{`).test(text);
    if (!isDeclared) throw new Error(`${name} declares no option --${long}`);
  }
}

/** Fails if a script, a file that it runs or an option that it is given does not exist. */
export async function checkScript(name: string, options: readonly string[]): Promise<void> {
  const missing = filesOf(scriptOf(name)).filter((file) => !file.startsWith('dist/') && !existsSync(file));
  if (missing.length > 0) throw new Error(`${name} runs ${missing.join(', ')}, which is not there`);
  if (name !== 'test') await checkOptions(name, options);
  else if (!options.every((path) => existsSync(path))) throw new Error(`there is no ${options.join(' ')}`);
}
