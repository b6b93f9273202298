import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { toQualityValues } from './quality-values.js';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The content codings that the page's build prepares, the smaller one first, and the suffix of each. */
const CODINGS = [
  { coding: 'br', suffix: '.br' },
  { coding: 'gzip', suffix: '.gz' },
] as const;

/** One stored form of an asset: its file, its size in bytes and its content coding (`undefined` is plain). */
interface AssetForm {
  readonly path: string;
  readonly size: number;
  readonly coding?: (typeof CODINGS)[number]['coding'];
}

/** A hashed file of the built page, plain and in the compressed forms that were built for it, best first. */
export interface PageAsset {
  readonly contentType: string;
  readonly plain: AssetForm;
  readonly compressed: readonly AssetForm[];
}

/** The assets of a built page's directory by file name: the closed list of what can ever be served from there. */
export function loadPageAssets(directory: string): ReadonlyMap<string, PageAsset> {
  const names = new Set(readdirSync(directory));
  const toForm = (name: string) => ({ path: join(directory, name), size: statSync(join(directory, name)).size });
  const toAsset = (name: string, contentType: string): PageAsset => ({
    contentType,
    plain: toForm(name),
    compressed: CODINGS.filter(({ suffix }) => names.has(name + suffix)).map(({ coding, suffix }) => ({
      ...toForm(name + suffix),
      coding,
    })),
  });
  return new Map(
    [...names].flatMap((name): [string, PageAsset][] => {
      const contentType = CONTENT_TYPES[extname(name)];
      return contentType ? [[name, toAsset(name, contentType)]] : [];
    }),
  );
}

/** The best compressed form of an asset that an `Accept-Encoding` header allows, or the plain one. */
export function chooseAssetForm({ plain, compressed }: PageAsset, acceptEncoding: string | undefined): AssetForm {
  const qualities = toQualityValues(acceptEncoding);
  const isAllowed = (coding: string) => (qualities.get(coding) ?? qualities.get('*') ?? 0) > 0;
  return compressed.find(({ coding }) => coding !== undefined && isAllowed(coding)) ?? plain;
}
