import type { Provider } from '../store/provider.js';
import type { DateWriter } from './dates.js';
import type { Json } from './json.js';

/** What a route gets to see of a request. */
export interface PublicRequest {
  /** Path parameters by name, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly writeDate: DateWriter;
}

export interface ProviderRequest extends PublicRequest {
  /** The data which the caller's service token opens. */
  readonly provider: Provider;
}

/** What a route answers; no `body` means an answer without content. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
}

interface RouteAddress {
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below the base path, parameters as `{name}`, exactly as in the OpenAPI document. */
  readonly path: string;
}

/** One operation of the API; `handle` answers, or throws an ApiFailure. */
export type Route =
  | (RouteAddress & { readonly access: 'public'; handle(request: PublicRequest): Answer })
  | (RouteAddress & { readonly access: 'provider'; handle(request: ProviderRequest): Answer });
