import { createReadStream, existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { pathOf } from '../request.js';
import { chooseAssetForm, loadPageAssets, type PageAsset } from './page-assets.js';
import { PAGE_HEADERS } from './page-headers.js';
import { prefersHtml } from './prefers-html.js';

const ASSET_PREFIX = '/query-page/';

/** The GraphQL IDE of the gateway, as one handler among the server's routes. */
export interface QueryPage {
  /** Answers a request that is the page's own and returns true; otherwise touches nothing and returns false. */
  respond(request: IncomingMessage, response: ServerResponse): boolean;
}

/**
 * Serves the page that `npm run build` wrote into `directory`: HTML at `/` and, to browser navigations, at `/graphql`;
 * its hashed files below `/query-page/`, each exactly as listed in the directory now. `upstream` is what the page
 * tells its readers about the data. Throws if the directory holds no built page.
 */
export function createQueryPage(options: { directory: string; upstream: 'sandbox' | 'remote' }): QueryPage {
  const html = Buffer.from(loadHtml(options.directory).replaceAll('{{upstream}}', options.upstream));
  const assets = loadPageAssets(options.directory);

  function respond(request: IncomingMessage, response: ServerResponse): boolean {
    const path = pathOf(request);
    const asset = path.startsWith(ASSET_PREFIX) ? assets.get(path.slice(ASSET_PREFIX.length)) : undefined;
    if (!asset && path !== '/' && path !== '/graphql') return false;
    if (path === '/graphql' && belongsToEndpoint(request)) return false;

    if (!isRead(request)) refuseMethod(response, path === '/graphql' ? 'GET, HEAD, POST' : 'GET, HEAD');
    else if (asset) sendAsset(request, response, asset);
    else sendHtml(request, response, html);
    return true;
  }

  return { respond };
}

function loadHtml(directory: string): string {
  const path = join(directory, 'index.html');
  if (!existsSync(path))
    throw new Error(`The query page is not built: ${path} is missing. Run \`npm run build\` first.`);
  return readFileSync(path, 'utf8');
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Operations, and the preflights that ask whether they are allowed, are the GraphQL endpoint's. */
function belongsToEndpoint(request: IncomingMessage): boolean {
  if (isRead(request)) return !prefersHtml(request.headers.accept);
  return request.method === 'POST' || request.method === 'OPTIONS';
}

function refuseMethod(response: ServerResponse, allow: string): void {
  response.writeHead(405, { ...PAGE_HEADERS, Allow: allow, 'Content-Length': 0 }).end();
}

function sendHtml({ method }: IncomingMessage, response: ServerResponse, html: Buffer): void {
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': html.length,
    'Cache-Control': 'no-store',
    Vary: 'Accept',
  });
  response.end(method === 'HEAD' ? undefined : html);
}

function sendAsset({ method, headers }: IncomingMessage, response: ServerResponse, asset: PageAsset): void {
  const { path, size, coding } = chooseAssetForm(asset, headers['accept-encoding']);
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'Content-Type': asset.contentType,
    'Content-Length': size,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
    ...(coding && { 'Content-Encoding': coding }),
  });
  if (method === 'HEAD') response.end();
  // A file that vanished since ends the connection, so the browser sees a failure and no empty script.
  else pipeline(createReadStream(path), response, () => {});
}
