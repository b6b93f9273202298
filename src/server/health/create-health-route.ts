import type { IncomingMessage, ServerResponse } from 'node:http';
import { NO_SNIFF } from '../no-sniff.js';
import { pathOf } from '../path-of.js';
import type { HealthCheck } from './health-check.js';
import { toReadiness } from './to-readiness.js';

const ALWAYS = { ...NO_SNIFF, 'cache-control': 'no-store' } as const;

interface HealthAnswer {
  httpStatus: number;
  body: object;
}

/**
 * `/health/live`, which the process answers as long as it runs, and `/health/ready`, which says by 200 or 503 whether to
 * send requests here. Answers its own paths and returns false for others.
 */
export function createHealthRoute(
  checks: readonly HealthCheck[],
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const answers: Readonly<Record<string, () => HealthAnswer>> = {
    '/health/live': () => ({ httpStatus: 200, body: { status: 'live' } }),
    '/health/ready': () => {
      const body = toReadiness(checks);
      return { httpStatus: body.status === 'unavailable' ? 503 : 200, body };
    },
  };

  return (request, response) => {
    const path = pathOf(request);
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (answer === undefined) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      // The body of such a request is not read.
      response.writeHead(405, { ...ALWAYS, allow: 'GET, HEAD', connection: 'close' }).end();
      return true;
    }
    const { httpStatus, body } = answer();
    const text = `${JSON.stringify(body)}\n`;
    response.writeHead(httpStatus, {
      ...ALWAYS,
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    });
    response.end(request.method === 'HEAD' ? undefined : text);
    return true;
  };
}
