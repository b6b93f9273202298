import { readFile } from 'node:fs/promises';
import { ConfigError } from '../config/config-error.js';
import type { AuthSettings } from '../config/auth-settings.js';
import { credential } from '../config/parsers.js';

const problem = (text: string): ConfigError => new ConfigError([`UPSTREAM_TOKEN_FILE must ${text}.`]);

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw problem(`be a file that can be read (${String((error as NodeJS.ErrnoException).code)})`);
  }
}

function toToken(text: string): string {
  try {
    return credential(text.trim());
  } catch {
    throw problem('hold a token, and nothing else');
  }
}

/** The gateway's own service token; undefined where it has none. @throws ConfigError on a file that holds no token */
export async function loadUpstreamToken(settings: AuthSettings): Promise<string | undefined> {
  if (!settings.credential) return undefined;
  return 'token' in settings.credential ? settings.credential.token : toToken(await readText(settings.credential.file));
}
