import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';

/** A fenced block. */
export interface Block {
  /** File and line, as an editor opens it. */
  at: string;
  language: string;
  text: string;
  /** The block that follows with nothing in between. */
  next: Block | undefined;
}

/** A piece of inline code, or the target of a link. */
export interface Mention {
  at: string;
  text: string;
}

export interface Document {
  file: string;
  blocks: Block[];
  spans: Mention[];
  links: Mention[];
  /** What a link may point to within it. */
  anchors: ReadonlySet<string>;
}

const FENCE = /^( *)```(\w*)[^\n]*\n(.*?)^\1```$/gms;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name) || entry.name.startsWith('.')) return [];
    const path = normalize(join(folder, entry.name));
    if (entry.isDirectory()) return filesBelow(path);
    return path.endsWith('.md') ? [path] : [];
  });
}

/** As GitHub makes it of a heading. */
function toAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

function loadDocument(file: string): Document {
  const text = readFileSync(file, 'utf8');
  const at = (index: number): string => `${file}:${text.slice(0, index).split('\n').length}`;
  const fences = [...text.matchAll(FENCE)];
  const blocks: Block[] = fences.map(({ index, 1: indent = '', 2: language = '', 3: body = '' }) => ({
    at: at(index),
    language,
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    next: undefined,
  }));
  for (const [index, fence] of fences.entries()) {
    const end = fence.index + fence[0].length;
    const following = fences[index + 1];
    const block = blocks[index];
    if (block && following && text.slice(end, following.index).trim() === '') block.next = blocks[index + 1];
  }
  // What is fenced is blanked out, so that everything else keeps its line.
  const prose = text.replaceAll(FENCE, (fence) => fence.replaceAll(/[^\n]/g, ' '));
  const mentions = (pattern: RegExp): Mention[] =>
    [...prose.matchAll(pattern)].map(({ index, 1: found = '' }) => ({
      at: at(index),
      text: found.replaceAll('\n', ' '),
    }));
  return {
    file,
    blocks,
    spans: mentions(/`([^`]+)`/g),
    links: mentions(/\]\(([^)\s]+)\)/g),
    anchors: new Set(mentions(/^#+ (.+)$/gm).map((heading) => toAnchor(heading.text))),
  };
}

/** Every Markdown file of the repository. */
export function loadDocuments(): Document[] {
  return filesBelow('.').map(loadDocument);
}
