import { readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const source = fileURLToPath(new URL('../src/http/query-page/app/', import.meta.url));
const target = fileURLToPath(new URL('../dist/query-page/', import.meta.url));
const publicPath = '/query-page/';

const shared = {
  outdir: target,
  publicPath,
  bundle: true,
  minify: true,
  metafile: true,
  format: 'esm',
  splitting: true,
  target: 'es2022',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  legalComments: 'linked',
  logLevel: 'warning',
  loader: { '.graphql': 'text', '.ttf': 'file', '.woff': 'file', '.woff2': 'file' },
  // GraphiQL asks for the old names, which hold CommonJS files whose exports a dynamic import does not see.
  alias: { 'prettier/parser-babel': 'prettier/plugins/babel', 'prettier/parser-graphql': 'prettier/plugins/graphql' },
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.USE_IMPORT': '"true"' },
  // GraphiQL's worker set-up announces every worker it starts.
  pure: ['console.info'],
} satisfies BuildOptions;

/** `import X from '….js?worker'`, as Vite has it: bundles the file apart and gives a class that starts it. */
const workerImports: Plugin = {
  name: 'worker-imports',
  setup(page) {
    page.onResolve({ filter: /\?worker$/ }, async ({ path, resolveDir, kind }) => {
      const resolved = await page.resolve(path.replace(/\?worker$/, ''), { resolveDir, kind });
      return { ...resolved, namespace: 'worker' };
    });
    page.onLoad({ filter: /.*/, namespace: 'worker' }, async ({ path }) => {
      const { metafile } = await build({ ...shared, entryPoints: [path] });
      const url = JSON.stringify(publicPath + outputOf(metafile, basename(path)).script);
      return {
        contents: `export default class extends Worker { constructor() { super(${url}, { type: 'module' }); } }`,
      };
    });
  },
};

/** Moves the fonts that GraphiQL's stylesheet carries as data URLs into files, so that a browser loads only those it needs. */
const fontFiles: Plugin = {
  name: 'font-files',
  setup(page) {
    const fonts = new Map<string, Buffer>();
    page.onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      const contents = css.replaceAll(
        /url\(data:font\/(\w+);base64,([^)]+)\)/g,
        (_url, type: string, base64: string) => {
          const name = `font:${fonts.size}.${type}`;
          fonts.set(name, Buffer.from(base64, 'base64'));
          return `url("${name}")`;
        },
      );
      return { contents, loader: 'css' };
    });
    page.onResolve({ filter: /^font:/ }, ({ path }) => ({ path, namespace: 'font' }));
    page.onLoad({ filter: /.*/, namespace: 'font' }, ({ path }) => ({
      contents: fonts.get(path) ?? '',
      loader: 'file',
    }));
  },
};

/** Drops the stylesheets of the editor's modules: GraphiQL's own stylesheet already holds them. */
const singleStylesheet: Plugin = {
  name: 'single-stylesheet',
  setup(page) {
    page.onLoad({ filter: /monaco-editor[\\/].*\.css$/ }, () => ({ contents: '', loader: 'empty' }));
  },
};

/** The output file of an entry point, and the stylesheet that belongs to it. */
function outputOf({ outputs }: Metafile, entryPoint: string): { script: string; stylesheet: string | undefined } {
  const found = Object.entries(outputs).find(([, output]) => output.entryPoint?.endsWith(entryPoint));
  if (!found) throw new Error(`the build wrote no file for ${entryPoint}`);
  const [path, { cssBundle }] = found;
  return { script: basename(path), stylesheet: cssBundle && basename(cssBundle) };
}

async function writePage(metafile: Metafile): Promise<void> {
  const { script, stylesheet } = outputOf(metafile, 'main.tsx');
  if (!stylesheet) throw new Error('the build wrote no stylesheet');
  const html = await readFile(join(source, 'index.html'), 'utf8');
  const filled = html.replace('{{script}}', publicPath + script).replace('{{stylesheet}}', publicPath + stylesheet);
  await writeFile(join(target, 'index.html'), filled);
}

const compressors = [
  { suffix: '.gz', compress: (raw: Buffer) => promisify(gzip)(raw, { level: 9 }) },
  {
    suffix: '.br',
    // Quality 11 takes eight times as long and saves another 5 %.
    compress: (raw: Buffer) =>
      promisify(brotliCompress)(raw, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length },
      }),
  },
];

/** Writes the `.gz` and `.br` twins of a file and returns the size of the latter, in bytes. */
async function compress(name: string): Promise<number> {
  const raw = await readFile(join(target, name));
  // Fonts other than plain TrueType are compressed already; the HTML has a placeholder to fill.
  if (/\.(woff2?|html)$/.test(name)) return raw.length;
  const [, brotliBytes = 0] = await Promise.all(
    compressors.map(async ({ suffix, compress }) => {
      const compressed = await compress(raw);
      await writeFile(join(target, name + suffix), compressed);
      return compressed.length;
    }),
  );
  return brotliBytes;
}

/**
 * Builds the query page from `src/http/query-page/app` into `dist/query-page`: hashed files, their `.br` and `.gz`
 * twins, and `index.html` with the placeholder that `createQueryPage` fills. Returns the number of files and their
 * compressed size in bytes.
 */
export async function buildQueryPage(): Promise<{ files: number; brotliBytes: number }> {
  const { metafile } = await build({
    ...shared,
    entryPoints: [join(source, 'main.tsx')],
    plugins: [workerImports, fontFiles, singleStylesheet],
  });
  await writePage(metafile);
  const sizes = await Promise.all((await readdir(target)).map(compress));
  return { files: sizes.length, brotliBytes: sizes.reduce((sum, size) => sum + size, 0) };
}
