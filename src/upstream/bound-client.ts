import { stringify } from 'lossless-json';
import type { AnswerSource } from './answer.js';
import type { Coalescer } from './coalescer.js';
import { outcomeOf } from '../telemetry/outcome-of.js';
import type { Span } from '../telemetry/tracing/span.js';
import { decode, type Decoded, type ShapeName } from './decode.js';
import type { HeaderList, UpstreamRequest } from './http-client.js';
import type { ListQuery } from './paging.js';
import type { Priority } from './resilience/concurrency-limiter.js';
import { TimedLifetime, type Lifetime } from './resilience/lifetime.js';
import type { Pace } from './resilience/pace.js';
import type { ResilientClient } from './resilience/resilient-client.js';
import { targetOf, type Query } from './target.js';
import { splitList } from './text/split-list.js';
import { toRecordText } from './text/to-record-text.js';
import type { UnknownFields } from './unknown-fields.js';

/** How one call of an operation ended. */
export interface SettledCall {
  operationId: string;
  milliseconds: number;
  /** Undefined where it went well. */
  failure: unknown;
  /** Whether it was another operation's call that this one joined. */
  joined: boolean;
}

export interface UpstreamBinding {
  /** The caller's credential; undefined calls without one. */
  serviceToken: string | undefined;
  /** The caller's own: reads of other callers are never joined. */
  coalescer: Coalescer;
  /** The caller's own: what the upstream asked it to wait. */
  pace: Pace;
  /** How long reads are worth waiting for. It is what ends a read that waits for its turn, so it has a timer. */
  lifetime: TimedLifetime;
  /** Whether nobody waits for what is read; such reads go last. */
  isBackground: boolean;
  /** Headers that tell whose calls these are; a shared read belongs to whoever started it. */
  headers: HeaderList;
  /** Of the operation, where it is traced. */
  span: Span | undefined;
  /** Told of every call before it is made; may refuse it by throwing. */
  beforeCall(): void;
  /** Told of every call once it has settled. */
  afterCall(call: SettledCall): void;
  /** The process's. */
  unknownFields: UnknownFields;
}

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

type ReadText = (text: string) => AnswerSource | undefined;

/** Answers that are worth leaving as text: most of what is in them is asked for by nobody. */
const TEXTS: ReadonlyMap<ShapeName, ReadText> = new Map<ShapeName, ReadText>([
  ['Customer', toRecordText],
  ['CustomerWithoutAttributes', toRecordText],
  ['CustomerList', splitList],
  ['CustomerListWithoutAttributes', splitList],
  ['UserList', splitList],
]);

const nothing = (): void => undefined;

/** Sends the requests of one caller in one operation, and checks what comes back. */
export class BoundClient {
  /** The same for most calls of an operation. */
  private usualHeaders: HeaderList | undefined;

  constructor(
    private readonly client: ResilientClient,
    private readonly binding: UpstreamBinding,
  ) {}

  /** A GET, shared with equal ones under way. */
  read<N extends ShapeName>(shape: N, request: EndpointRequest): Promise<Decoded<N>> {
    const { coalescer, lifetime, isBackground } = this.binding;
    const { operationId } = request;
    const target = targetOf(request.path, request.list, request.query);
    const readText = TEXTS.get(shape);
    const { settled, headers } = this.start(operationId, request.method);
    return coalescer.share({
      key: target,
      operationId,
      lifetime,
      read: (shared) =>
        this.send(request, target, isBackground ? 'background' : 'read', shared, headers, {
          toValue: (body) => this.decode(operationId, shape, body),
          fromText: readText && ((text) => this.decodeText(operationId, shape, text, readText)),
        }),
      settled,
    });
  }

  /** A write that answers something. */
  change<N extends ShapeName>(shape: N, request: EndpointRequest): Promise<Decoded<N>> {
    return this.sendOnce(request, (body) => this.decode(request.operationId, shape, body));
  }

  /** A write that may answer something. */
  changeIfAny<N extends ShapeName>(shape: N, request: EndpointRequest): Promise<Decoded<N> | undefined> {
    return this.sendOnce(request, (body) =>
      typeof body === 'object' && body !== null && !Array.isArray(body)
        ? this.decode(request.operationId, shape, body)
        : undefined,
    );
  }

  /** A write that answers nothing. */
  write(request: EndpointRequest): Promise<void> {
    return this.sendOnce(request, nothing);
  }

  private decode<N extends ShapeName>(operationId: string, shape: N, body: unknown): Decoded<N> {
    this.binding.unknownFields.inspect(operationId, shape, () => body);
    return decode(shape, body);
  }

  private decodeText<N extends ShapeName>(
    operationId: string,
    shape: N,
    text: string,
    readText: ReadText,
  ): Decoded<N> | undefined {
    const source = readText(text);
    if (!source) return undefined;
    // Names are ASCII, whatever the values are.
    this.binding.unknownFields.inspect(operationId, shape, () => JSON.parse(text) as unknown);
    return decode(shape, source);
  }

  /** A client that has gone takes no write with it. */
  private async sendOnce<T>(request: EndpointRequest, toValue: (body: unknown) => T): Promise<T> {
    const lifetime = new TimedLifetime(this.binding.lifetime.deadlineAt);
    const { settled, headers } = this.start(request.operationId, request.method);
    try {
      const value = await this.send(
        request,
        targetOf(request.path, request.list, request.query),
        'write',
        lifetime,
        headers,
        { toValue },
      );
      settled(undefined, false);
      return value;
    } catch (error) {
      settled(error, false);
      throw error;
    }
  }

  private send<T>(
    { operationId, method, body, dated = true, anonymous = false }: EndpointRequest,
    target: string,
    priority: Priority,
    lifetime: Lifetime,
    traceHeaders: HeaderList | undefined,
    read: Pick<UpstreamRequest<T>, 'toValue' | 'fromText'>,
  ): Promise<T> {
    const usual =
      dated && !anonymous ? (this.usualHeaders ??= this.headersFor(true, false)) : this.headersFor(dated, anonymous);
    const headers = traceHeaders ? usual.concat(traceHeaders) : usual;
    const text = body === undefined ? undefined : stringify(body);
    return this.client.send(
      { operationId, method, target, headers, body: text, toValue: read.toValue, fromText: read.fromText },
      { priority, lifetime, pace: this.binding.pace },
    );
  }

  private headersFor(dated: boolean, anonymous: boolean): HeaderList {
    const { serviceToken } = this.binding;
    const headers = [...this.binding.headers];
    if (!anonymous && serviceToken !== undefined) headers.push('x-sds-service-token', serviceToken);
    if (dated) headers.push('x-sds-date-format', 'UTC');
    return headers;
  }

  /** Tells of a call that starts, and gives what is to be told of its end and the headers of its span. */
  private start(
    operationId: string,
    method: EndpointRequest['method'],
  ): { headers: HeaderList | undefined; settled: (failure: unknown, joined: boolean) => void } {
    this.binding.beforeCall();
    const startedAt = performance.now();
    const span = this.binding.span?.child(operationId, 'client', { 'http.request.method': method });
    return {
      headers: span && Object.entries(span.headers).flat(),
      settled: (failure, joined) => {
        this.binding.afterCall({ operationId, milliseconds: performance.now() - startedAt, failure, joined });
        const error = failure === undefined ? undefined : outcomeOf(failure);
        span?.end({
          attributes: { 'error.type': error, 'gateway.joined': joined || undefined },
          hasFailed: failure !== undefined,
        });
      },
    };
  }
}
