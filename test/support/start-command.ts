import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  scripts: { start: string };
};

/** What `npm start` gives to Node: its options and the file to run, relative to the repository. */
export const START_ARGS: readonly string[] = scripts.start.split(' ').slice(1);
