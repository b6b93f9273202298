import type { IncomingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { SandboxSettings } from '../settings.js';
import type { Provider } from '../store/provider.js';
import { acceptsJson } from './accept.js';
import { dateWriterFor } from './dates.js';
import { ApiFailure } from './errors.js';
import { writeJson } from './json.js';
import type { Answer, PublicRequest } from './route.js';
import type { RouteMatch } from './router.js';

/** An answer in the form in which it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface IncomingCall {
  readonly match: RouteMatch;
  readonly headers: IncomingHttpHeaders;
  readonly search: string;
  readonly body: string;
  readonly token: string | undefined;
}

/** Performs a call and gives its answer, be it a success or a failure. Never throws. */
export type Dispatcher = (call: IncomingCall) => WireAnswer;

const JSON_HEADERS = { 'content-type': 'application/json;charset=UTF-8' };

function answer(
  call: IncomingCall,
  providers: ReadonlyMap<string, Provider>,
  defaultDateFormat: SandboxSettings['defaultDateFormat'],
): Answer {
  const { match, headers, token } = call;
  if (match.kind === 'unknown-path') throw new ApiFailure('unknownPath');
  if (match.kind === 'method-not-allowed') {
    throw new ApiFailure('methodNotAllowed', { headers: { allow: match.allow } });
  }
  const { route, params } = match;
  const provider = providers.get(token ?? '');
  if (route.access === 'provider' && provider === undefined) throw new ApiFailure('wrongToken');
  if (!acceptsJson(headers.accept)) throw new ApiFailure('notAcceptable');
  const request: PublicRequest = {
    params,
    query: new URLSearchParams(call.search),
    body: call.body,
    writeDate: dateWriterFor(headers['x-sds-date-format']?.toString(), defaultDateFormat),
  };
  if (route.access === 'public') return route.handle(request);
  if (provider === undefined) throw new ApiFailure('wrongToken');
  return route.handle({ ...request, provider });
}

export function createDispatcher(
  providers: ReadonlyMap<string, Provider>,
  { defaultDateFormat, compresses }: Pick<SandboxSettings, 'defaultDateFormat' | 'compresses'>,
): Dispatcher {
  return (call) => {
    try {
      const { status, body } = answer(call, providers, defaultDateFormat);
      if (body === undefined) return { status, headers: {}, body: '' };
      const text = writeJson(body);
      const isCompressed = compresses && call.headers['accept-encoding']?.includes('gzip');
      if (!isCompressed) return { status, headers: JSON_HEADERS, body: text };
      return { status, headers: { ...JSON_HEADERS, 'content-encoding': 'gzip' }, body: gzipSync(text) };
    } catch (error) {
      const failure = error instanceof ApiFailure ? error : new ApiFailure('internal', { debugInfo: String(error) });
      return {
        status: failure.status,
        headers: { ...JSON_HEADERS, ...failure.headers },
        body: writeJson(failure.body),
      };
    }
  };
}
