import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Pool, type Dispatcher } from 'undici';
import { PORT, TOKEN_HEADER, UPSTREAM_CONNECTIONS, UPSTREAM_URL } from './shared/environment.js';

/**
 * What any Node process in between costs at least. A GET is one upstream request, piped. A POST names upstream paths,
 * one on each line, whose answers are put behind each other, one on each line. They are requested all at once, but for
 * those behind an empty line: no one can know them before what stands in front of it has been answered.
 */
const { origin, pathname } = new URL(UPSTREAM_URL);
const pool = new Pool(origin, { connections: UPSTREAM_CONNECTIONS, pipelining: 1 });

function ask(path: string, request: IncomingMessage): Promise<Dispatcher.ResponseData> {
  const headers = { accept: 'application/json', [TOKEN_HEADER]: String(request.headers[TOKEN_HEADER]) };
  return pool.request({ method: 'GET', path: `${pathname}${path}`, headers });
}

async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { statusCode, headers, body } = await ask(request.url ?? '/', request);
  response.writeHead(statusCode, {
    'content-type': String(headers['content-type']),
    'content-length': String(headers['content-length']),
  });
  await pipeline(body, response);
}

async function gather(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const bodies: string[] = [];
  for (const step of (await text(request)).split('\n\n')) {
    const paths = step.split('\n');
    bodies.push(...(await Promise.all(paths.map(async (path) => (await ask(path, request)).body.text()))));
  }
  response.setHeader('content-type', 'application/x-ndjson');
  response.end(bodies.join('\n'));
}

createServer((request, response) => {
  const answer = request.method === 'GET' ? pass : gather;
  answer(request, response).catch(() => response.destroy());
}).listen(PORT, '127.0.0.1');
