import { build } from 'esbuild';
import { pathInBench } from '../target-list.js';

/** Strips the types of what runs in processes of its own, so that plain Node runs it and no loader is measured. */
export async function buildServers(): Promise<void> {
  await build({
    entryPoints: ['load', 'upstream', 'targets'].map((folder) => pathInBench(`${folder}/**/*.ts`)),
    outbase: pathInBench('.'),
    outdir: pathInBench('dist'),
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
}
