import { readFileSync } from 'node:fs';

/** The version of the gateway itself, `0.1.0`, from its package. */
export function ownVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
