import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { VARIABLES } from '../../src/config/variables.js';
import { loadDocuments, type Mention } from './load-documents.js';
import { sources } from './sources.js';

/** Records of decisions stay as they are, also where what they name has gone since. */
const isRecord = (file: string): boolean => file.startsWith('docs/decisions/');

const documents = loadDocuments();
const anchorsOf = new Map(documents.map(({ file, anchors }) => [file, anchors]));
const present = documents.filter(({ file }) => !isRecord(file));
const ignored = readFileSync('.gitignore', 'utf8').split('\n').filter(Boolean);
/** Paths in other projects, which docs/upstream.md has its facts from. */
const CITED = /^src\/(provisioning\/mod\.rs|tests\/responses|main\/java|test\/resources|dracoon\/hooks)/;

/** The places of those mentions that do not hold. */
const wrong = (mentions: readonly Mention[], holds: (text: string) => boolean): string[] =>
  mentions.filter(({ text }) => !holds(text)).map(({ at, text }) => `${at} ${text}`);

describe.each(documents)('$file', ({ file, links }) => {
  it('links to what is there', () => {
    const local = links.filter(({ text }) => !/^(https?|mailto):/.test(text));
    const isThere = (link: string): boolean => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : normalize(join(dirname(file), path));
      return existsSync(target) && (anchor === undefined || anchorsOf.get(target)?.has(anchor) === true);
    };
    expect(wrong(local, isThere)).toEqual([]);
  });
});

describe.each(present)('$file', ({ spans }) => {
  it('names files of this repository that are there, or that are made by a command', () => {
    const paths = spans.filter(({ text }) =>
      /^(src|test|docs|scripts|examples|bench|deploy|openapi)\/[\w./-]+$/.test(text),
    );
    const isMade = (path: string): boolean =>
      ignored.some((entry) => `/${path}/`.includes(`/${entry.replace(/^\//, '')}`));
    expect(wrong(paths, (path) => existsSync(path) || isMade(path) || CITED.test(path))).toEqual([]);
  });

  it('names variables and constants that exist', () => {
    const names = spans.filter(({ text }) => /^[A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9]$/.test(text));
    const exists = (name: string): boolean => name in VARIABLES || new RegExp(`\\b${name}\\b`).test(sources());
    expect(wrong(names, exists)).toEqual([]);
  });
});

describe.each(documents)('$file', ({ file }) => {
  it('leaves nothing to be filled in', () => {
    expect(readFileSync(file, 'utf8')).not.toMatch(/@@|\b(TODO|TBD|FIXME)\b/);
  });
});

describe('links to headings', () => {
  it('are told from those to none', () => {
    expect(anchorsOf.get('README.md')?.has('how-it-works')).toBe(true);
    expect(anchorsOf.get('README.md')?.has('no-such-heading')).toBe(false);
  });
});
