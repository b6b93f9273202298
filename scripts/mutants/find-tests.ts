import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Relative imports of values; those of types alone have no effect. */
const IMPORT = /^(?:import|export) (?!type )[^;]*?from '(\.[^']+)\.js';|^import '(\.[^']+)\.js';/gm;

/** How far files are from others, by imports. */
export class ImportGraph {
  private readonly imports = new Map<string, readonly string[]>();

  /** Imports on the shortest way from `from` to `to`; undefined if there is none. */
  distance(from: string, to: string): number | undefined {
    const seen = new Set([from]);
    let files = [from];
    for (let steps = 0; files.length > 0; steps += 1) {
      if (files.includes(to)) return steps;
      files = files.flatMap((file) => this.importsOf(file)).filter((file) => !seen.has(file) && seen.add(file));
    }
    return undefined;
  }

  private importsOf(file: string): readonly string[] {
    const known = this.imports.get(file);
    if (known) return known;
    const imports = [...readFileSync(file, 'utf8').matchAll(IMPORT)]
      .map(([, from, alone]) => `${join(dirname(file), from ?? alone ?? '')}.ts`)
      .filter(existsSync);
    this.imports.set(file, imports);
    return imports;
  }
}
