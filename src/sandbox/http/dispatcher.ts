import type { IncomingHttpHeaders } from 'node:http';
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

export function createDispatcher(providers: ReadonlyMap<string, Provider>): Dispatcher {
  const perform = (call: IncomingCall): Answer => {
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
      writeDate: dateWriterFor(headers['x-sds-date-format']?.toString()),
    };
    if (route.access === 'public') return route.handle(request);
    if (provider === undefined) throw new ApiFailure('wrongToken');
    return route.handle({ ...request, provider });
  };

  return (call) => {
    try {
      const { status, body } = perform(call);
      if (body === undefined) return { status, headers: {}, body: '' };
      return { status, headers: JSON_HEADERS, body: writeJson(body) };
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
