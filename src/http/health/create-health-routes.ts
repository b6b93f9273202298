import type { Route } from '../operation-route.js';
import { NO_SNIFF } from '../response.js';
import type { HealthCheck } from './health-check.js';
import { toReadiness } from './to-readiness.js';

const ALWAYS = { ...NO_SNIFF, 'cache-control': 'no-store' } as const;

interface HealthAnswer {
  httpStatus: number;
  body: object;
}

function toRoute(answer: () => HealthAnswer): Route {
  return ({ method }, response) => {
    if (method !== 'GET' && method !== 'HEAD') {
      // The body of such a request is not read.
      response.writeHead(405, { ...ALWAYS, allow: 'GET, HEAD', connection: 'close' }).end();
      return undefined;
    }
    const { httpStatus, body } = answer();
    const text = `${JSON.stringify(body)}\n`;
    response.writeHead(httpStatus, {
      ...ALWAYS,
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    });
    response.end(method === 'HEAD' ? undefined : text);
    return undefined;
  };
}

/**
 * `/health/live`, which the process answers as long as it runs, and `/health/ready`, which says by 200 or 503 whether to
 * send requests here.
 */
export function createHealthRoutes(checks: readonly HealthCheck[]): ReadonlyMap<string, Route> {
  return new Map([
    ['/health/live', toRoute(() => ({ httpStatus: 200, body: { status: 'live' } }))],
    [
      '/health/ready',
      toRoute(() => {
        const body = toReadiness(checks);
        return { httpStatus: body.status === 'unavailable' ? 503 : 200, body };
      }),
    ],
  ]);
}
