import ts from 'typescript';

/** What the snippets of this project take as imported. */
const PRELUDE = `
import { Field, ObjectType } from 'type-graphql';
import { TextFilter } from '../../src/schema/shared/filter.inputs.js';
`;

/** A snippet is a module, members of a class or entries of an object: the first that can be parsed. */
const FORMS: readonly ((snippet: string) => string)[] = [
  (snippet) => snippet,
  (snippet) => `${PRELUDE}@ObjectType() export class Snippet {\n${snippet}\n}`,
  (snippet) => `export const snippet = {\n${snippet}\n} as const;`,
];

/** A snippet that begins with the name of a file can be imported by others: `// ask.ts` → `./ask.js`. */
const OWN_NAME = /^\/\/ (\w+\.ts)\n/;

function canBeParsed(text: string): boolean {
  const { diagnostics = [] } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { experimentalDecorators: true },
  });
  return diagnostics.length === 0;
}

/** Type-checks snippets, in their order, with this project's settings, as if they were files of this folder. */
export function findProblemsInTypes(snippets: readonly string[]): string[][] {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, '.');
  const files = new Map(
    snippets.map((snippet, index) => [
      ts.sys.resolvePath(`test/docs/${OWN_NAME.exec(snippet)?.[1] ?? `snippet-${index}.ts`}`),
      FORMS.map((form) => form(snippet)).find(canBeParsed) ?? snippet,
    ]),
  );
  const host = ts.createCompilerHost({ ...options, noUnusedLocals: false, noEmit: true });
  const { fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  const program = ts.createProgram([...files.keys()], { ...options, noUnusedLocals: false, noEmit: true }, host);
  return [...files.keys()].map((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}
