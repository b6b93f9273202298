import { outcomeOf } from '../telemetry/outcome-of.js';
import type { Span } from '../telemetry/tracing/span.js';
import { decode, type Decoded, type ShapeName } from './decode.js';
import type { HeaderList, UpstreamRequest } from './http-client.js';
import type { ListQuery } from './paging.js';
import { targetOf, type Query } from './target.js';
import type { UpstreamBinding } from './upstream-binding.js';

/** A request of one endpoint; whether it carries the credential and the date format is the endpoint's to say. */
export interface EndpointRequest {
  operationId: string;
  method: UpstreamRequest<unknown>['method'];
  /** Below the base URL; every segment is already validated. */
  path: string;
  /** Which part of a list, where it asks for one. */
  list?: ListQuery;
  query?: Query;
  body?: unknown;
  dated?: boolean;
  anonymous?: boolean;
}

/** One call of one operation, from its start: what is sent, and who is told of its end. */
export class BoundCall {
  readonly operationId: string;
  readonly method: EndpointRequest['method'];
  readonly target: string;
  readonly headers: HeaderList;
  private readonly span: Span | undefined;
  private readonly startedAt: number;

  /** `headers` are those of the endpoint. @throws what the binding refuses the call with */
  constructor(
    protected readonly binding: UpstreamBinding,
    { operationId, method, path, list, query }: EndpointRequest,
    headers: HeaderList,
  ) {
    binding.beforeCall();
    this.operationId = operationId;
    this.method = method;
    this.target = targetOf(path, list, query);
    this.span = binding.span?.child(operationId, 'client', { 'http.request.method': method });
    this.headers = this.span ? headers.concat(Object.entries(this.span.headers).flat()) : headers;
    this.startedAt = performance.now();
  }

  settled(failure: unknown, joined: boolean): void {
    const milliseconds = performance.now() - this.startedAt;
    this.binding.afterCall({ operationId: this.operationId, milliseconds, failure, joined });
    if (!this.span) return;
    const error = failure === undefined ? undefined : outcomeOf(failure);
    this.span.end({
      attributes: { 'error.type': error, 'gateway.joined': joined || undefined },
      hasFailed: failure !== undefined,
    });
  }

  decode<N extends ShapeName>(shape: N, body: unknown): Decoded<N> {
    this.binding.unknownFields.inspect(this.operationId, shape, () => body);
    return decode(shape, body);
  }
}
