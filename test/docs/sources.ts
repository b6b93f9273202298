import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['src', 'test', 'scripts', 'examples', 'bench', 'deploy'];
const isSource = (path: string): boolean =>
  /\.(ts|tsx|graphql|ya?ml)$|Dockerfile$/.test(path) && !/node_modules|^test\/docs/.test(path);

let text: string | undefined;

/** The text of everything that is written in this repository, but documents and the tests of documents. */
export function sources(): string {
  text ??= [
    ...['package.json', 'schema.graphql', 'openapi/provisioning.openapi.json', '.env.example'],
    ...FOLDERS.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
    ).filter(isSource),
  ]
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  return text;
}
