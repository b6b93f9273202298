import type { IncomingMessage } from 'node:http';
import { oneHeader } from '../../auth/credentials.js';
import type { Deprecations } from '../../deprecations/create-deprecations.js';
import type { DeprecationReport } from '../../deprecations/to-report.js';
import { GatewayError } from '../../errors/gateway-error.js';
import type { Route } from '../operation-route.js';
import { isSameSecret } from '../../auth/is-same-secret.js';
import { writeAnswer } from '../response.js';

export const DEPRECATIONS_PATH = '/deprecations';

/** Some clients run once a month. */
const DEFAULT_DAYS = 30;
const MAX_DAYS = 365;
const BEARER = /^Bearer +(\S+)$/i;

export interface DeprecationsRouteOptions {
  report: Deprecations['report'];
  /** Undefined if anyone may read it. */
  token: string | undefined;
}

function daysOf({ url = '' }: IncomingMessage): number {
  const text = new URLSearchParams(url.split('?', 2)[1]).get('days') ?? String(DEFAULT_DAYS);
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= MAX_DAYS) return days;
  throw new GatewayError('BAD_REQUEST', `days must be a whole number from 1 to ${MAX_DAYS}.`, { httpStatus: 400 });
}

async function tryReport(report: Deprecations['report'], days: number): Promise<DeprecationReport> {
  try {
    return await report(days);
  } catch {
    // A part of the counts would make what is used look unused.
    throw new GatewayError('UPSTREAM_UNAVAILABLE', 'The counts cannot be read at the moment. Try again soon.', {
      httpStatus: 503,
    });
  }
}

/** Tells by GET who still uses what is deprecated. */
export function createDeprecationsRoute({ report, token }: DeprecationsRouteOptions): Route {
  return async (request, response) => {
    if (request.method !== 'GET') {
      response.setHeader('allow', 'GET');
      throw new GatewayError('BAD_REQUEST', 'Deprecations are read by GET.', { httpStatus: 405 });
    }
    if (token !== undefined) {
      const sent = BEARER.exec(oneHeader(request, 'Authorization') ?? '')?.[1];
      if (sent === undefined || !isSameSecret(sent, token)) {
        throw new GatewayError('UNAUTHENTICATED', 'Send DEPRECATIONS_TOKEN in Authorization: Bearer.', {
          httpStatus: 401,
          challenge: 'Bearer',
        });
      }
    }
    const text = `${JSON.stringify(await tryReport(report, daysOf(request)))}\n`;
    const headers = ['cache-control', 'no-store', 'content-type', 'application/json; charset=utf-8'];
    writeAnswer(response, { status: 200, headers, text, encoding: 'utf8' });
  };
}
