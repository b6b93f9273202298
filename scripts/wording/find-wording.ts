import { readFileSync } from 'node:fs';

/** How often each pattern occurs, by its name. */
export type Counts = Record<string, number>;

/** Wording to replace, by the word that stands for it in reports. */
const PATTERNS: readonly [string, RegExp][] = [
  // Places and targets: "where to listen", "from where". All else means "if" or "when".
  ['where', /(?<!\b(?:from|is|are|know|knows|say|says|find|finds|see|sees) )\bwhere\b(?! to\b)/gi],
  ['whoever', /\bwhoever\b/gi],
  ['nobody', /\b(?:nobody|somebody)\b/gi],
  ['told', /\b(?:is|are|was|were|be|been|being|and|not) told\b/gi],
  ['tells', /(?<!\.)\btells?\b(?!\()/gi],
  ['lane', /\blanes?\b/gi],
  ['come by', /\b(?:come|comes|came) by\b/gi],
  ['what becomes', /\bwhat (?:becomes|became)\b/gi],
  ['put right', /\bput(?:s|ting)? (?:it )?right\b/gi],
];

/** Texts that are written by hand today. Records of decisions and the changelog stay as they are. */
const isChecked = (file: string): boolean =>
  /^(?:src|test|docs|scripts|examples|bench|deploy)\/|^[^/]+\.md$/.test(file) &&
  /\.(?:ts|tsx|md|ya?ml)$/.test(file) &&
  !/generated\/|^docs\/decisions\/|^CHANGELOG\.md$|^scripts\/wording\/|^TASK\.md$/.test(file);

/** The wording to replace in a text: `"Undefined where there is none"` → `[{ line: 1, name: 'where', … }]`. */
export function findWording(file: string, text: string): { line: number; name: string; text: string }[] {
  if (!isChecked(file)) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      PATTERNS.flatMap(([name, pattern]) =>
        [...line.matchAll(pattern)].map(() => ({ line: index + 1, name, text: line.trim() })),
      ),
    );
}

/** Two folders deep, so that files may move within: `src/errors/gateway-error.ts` → `src/errors`. */
const areaOf = (file: string): string =>
  file.includes('/') ? file.split('/').slice(0, -1).slice(0, 2).join('/') : '.';

/** Counts the wording to replace in files, by area. */
export function countWording(files: readonly string[]): Record<string, Counts> {
  const areas: Record<string, Counts> = {};
  for (const file of files.filter(isChecked).toSorted()) {
    for (const { name } of findWording(file, readFileSync(file, 'utf8'))) {
      const counts = (areas[areaOf(file)] ??= {});
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return areas;
}
