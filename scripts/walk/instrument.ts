import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Name of the global function that instrumented code calls at the beginning of each function. */
export const ENTER = '__enter';

function nameOf(node: ts.FunctionLikeDeclaration): string {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (node.name) return node.name.getText();
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
    return parent.name.getText();
  }
  return '=>';
}

/** Where to insert what, so that a function reports its beginning: `(a) => a + 1` → `(a) => (__enter(…), a + 1)`. */
function insertionsOf(node: ts.FunctionLikeDeclaration, file: string): { at: number; text: string }[] {
  const { body } = node;
  if (!body) return [];
  const call = `${ENTER}(${JSON.stringify(file)},${JSON.stringify(nameOf(node))})`;
  if (!ts.isBlock(body)) {
    return [
      { at: body.getStart(), text: `(${call},` },
      { at: body.getEnd(), text: ')' },
    ];
  }
  // A derived class has to call its parent's constructor first.
  if (ts.isConstructorDeclaration(node)) return [{ at: body.getEnd() - 1, text: `;${call};` }];
  return [{ at: body.getStart() + 1, text: `${call};` }];
}

/** JavaScript whose functions call `__enter(file, name)` first. */
export function instrument(source: string, file: string): string {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const insertions: { at: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node) {
      insertions.push(...insertionsOf(node, file));
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  // The last one first, so that places stay right. Of two at one place the outer one encloses the inner.
  insertions.reverse().sort((one, other) => other.at - one.at);
  return insertions.reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), source);
}

/** Copies the built gateway to a new folder, instrumented. What `isLeftOut` stays as it is. */
export async function instrumentBuild(from: string, to: string, isLeftOut: (file: string) => boolean): Promise<void> {
  const files = (await readdir(from, { recursive: true })).filter((file) => file.endsWith('.js'));
  for (const file of files.filter((name) => !name.startsWith('query-page'))) {
    const target = join(to, file);
    await mkdir(dirname(target), { recursive: true });
    if (isLeftOut(file)) await cp(join(from, file), target);
    else await writeFile(target, instrument(await readFile(join(from, file), 'utf8'), file.replace(/\.js$/, '.ts')));
  }
}
