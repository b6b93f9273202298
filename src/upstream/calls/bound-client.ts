import { stringify } from 'lossless-json';
import type { Span } from '../../telemetry/tracing/span.js';
import type { Coalescer, SharedRead } from './coalescer.js';
import type { HeaderList, UpstreamRequest } from '../http/http-client.js';
import { type Lifetime, TimedLifetime } from '../resilience/lifetime.js';
import type { UpstreamCaller } from '../resilience/credential-trials.js';
import type { RecordTexts } from '../../records/text/record-matcher.js';
import { type Decoded, type ShapeName, type UnknownFields, decode } from '../../records/decode.js';
import type { UnverifiedValues } from '../../records/unverified-values.js';
import { type OperationTrace, outcomeOf } from '../../telemetry/operation-trace.js';
import { type ListQuery, type Query, targetOf } from '../target.js';
import type { ResilientClient } from '../resilience/resilient-client.js';
import { ContractViolation } from '../../errors/contract-violation.js';
import { UpstreamFailure } from '../../errors/upstream-failure.js';

/** Lets a number of calls be under way at once; others wait, and start in the order in which they came. */
export class Turns {
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  take<T>(call: () => Promise<T>): Promise<T> {
    if (this.underWay < this.most) return this.start(call);
    return new Promise<void>((resolve) => this.waiting.push(resolve)).then(() => this.start(call));
  }

  private start<T>(call: () => Promise<T>): Promise<T> {
    this.underWay += 1;
    const leave = (): void => {
      this.underWay -= 1;
      this.waiting.shift()?.();
    };
    const result = call();
    result.then(leave, leave);
    return result;
  }
}

/** How one call of an operation ended. */
export interface SettledCall {
  operationId: string;
  /** On the clock of `performance.now()`. */
  startedAt: number;
  milliseconds: number;
  /** Requests that were sent for it, repeated ones included; none for a call that joined another one. */
  attempts: number;
  /** Undefined where it went well. */
  failure: unknown;
  /** Whether it was another operation's call that this one joined. */
  joined: boolean;
  /** Whether it was sent without the caller's credential, so that its outcome says nothing about that. */
  isAnonymous: boolean;
}

/** Whose calls these are, and what they have in common. */
export interface UpstreamBinding {
  /** The caller's credential; undefined calls without one. */
  serviceToken: string | undefined;
  /** The caller's own: reads of other callers are never joined. */
  coalescer: Coalescer;
  /** Takes turns with other callers, and its failures are its own. */
  caller: UpstreamCaller;
  /** The operation's, which bound how many reads it has under way. */
  turns: Turns;
  /** How long reads are worth waiting for. It is what ends a read that waits for its turn, so it has a timer. */
  lifetime: TimedLifetime;
  /** How long a write waits for its turn, within the lifetime. */
  writeTimeoutMs: number;
  /** Whether nobody waits for what is read; such reads go last. */
  isBackground: boolean;
  /** Headers that tell whose calls these are; a shared read belongs to whoever started it. */
  headers: HeaderList;
  /** The operation's span, and what the upstream is in those of its calls; undefined if nothing is traced. */
  traced: { span: Span; baseUrl: URL } | undefined;
  /** Of the operation, spent before each call, and refusing it by throwing; undefined for calls without one. */
  budget: { spend(requests: number, isWrite: boolean): void } | undefined;
  /** Of the operation; undefined for calls without one. */
  trace: Pick<OperationTrace, 'called'> | undefined;
  /** Learns from every call that has settled whether the upstream accepts the credential. */
  standing: { learn(call: SettledCall): void };
  /** Receives the failure of a call first. */
  noteFailure(failure: unknown): void;
  /** The gateway's. */
  unknownFields: UnknownFields;
  /** The gateway's. */
  unverifiedValues: UnverifiedValues;
  /** The gateway's. */
  recordTexts: RecordTexts;
  /** Items that a list is asked for at most; more are an error to some upstreams. */
  pageSize: number;
}

/** A request of one endpoint; whether it carries the credential and the date format is the endpoint's to say. */
interface EndpointRequest {
  operationId: string;
  method: UpstreamRequest<unknown>['method'];
  /** Path and query below the base URL; every segment is already validated. */
  target: string;
  /** Which part of a list, if it asks for one. */
  list?: ListQuery;
  body?: unknown;
  dated?: boolean;
  anonymous?: boolean;
}

interface ListRequest {
  operationId: string;
  /** Below the base URL; every segment is already validated. */
  path: string;
  list: ListQuery;
  query?: Query;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** The span of a call, by the stable HTTP conventions. Filters are left out because they hold values of the caller. */
function startSpan(
  { span, baseUrl: { href, hostname, port, protocol } }: NonNullable<UpstreamBinding['traced']>,
  { method, operationId, target }: EndpointRequest,
): Span {
  if (!span.isRecording) return span;
  return span.child(`${method} ${operationId}`, 'client', {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': port === '' ? DEFAULT_PORTS[protocol] : Number(port),
    'url.full': href.replace(/\/+$/, '') + target.replace(/([?&]filter=)[^&]*/, '$1REDACTED'),
  });
}

/** One call of one operation, from its start: what is sent, and who is told of its end. */
class BoundCall {
  readonly operationId: string;
  readonly method: EndpointRequest['method'];
  readonly target: string;
  readonly headers: HeaderList;
  readonly anonymous: boolean;
  private readonly span: Span | undefined;
  private readonly startedAt: number;
  readonly sent: NonNullable<UpstreamRequest<unknown>['sent']> = { count: 0 };

  /** `headers` are those of the endpoint. @throws what the budget refuses the call with */
  constructor(
    protected readonly binding: UpstreamBinding,
    request: EndpointRequest,
    headers: HeaderList,
  ) {
    const { operationId, method, target, anonymous = false } = request;
    binding.budget?.spend(1, method !== 'GET');
    this.operationId = operationId;
    this.method = method;
    this.target = target;
    this.anonymous = anonymous;
    this.span = binding.traced && startSpan(binding.traced, request);
    this.headers = this.span ? headers.concat(this.span.headers) : headers;
    this.startedAt = performance.now();
  }

  settled(failure: unknown, joined: boolean): void {
    const { operationId, startedAt, anonymous: isAnonymous } = this;
    const attempts = this.sent.count;
    const milliseconds = performance.now() - startedAt;
    const { trace, standing, noteFailure } = this.binding;
    const call = { operationId, startedAt, milliseconds, attempts, failure, joined, isAnonymous };
    if (failure !== undefined) noteFailure(failure);
    trace?.called(call);
    standing.learn(call);
    if (!this.span?.isRecording) return;
    this.span.end({
      attributes: {
        'http.response.status_code': failure instanceof UpstreamFailure ? failure.status : this.sent.status,
        'http.request.resend_count': attempts > 1 ? attempts - 1 : undefined,
        'error.type': failure === undefined ? undefined : outcomeOf(failure),
        'gateway.joined': joined || undefined,
      },
      hasFailed: failure !== undefined,
    });
  }

  decode<N extends ShapeName>(shape: N, body: unknown): Decoded<N> {
    this.binding.unknownFields.inspect(this.operationId, shape, () => body);
    return decode(shape, body, this.binding.unverifiedValues);
  }
}

/** Drops items that were not asked for, so that nothing is made of them. */
function cutItems(body: unknown, limit: number): void {
  const items: unknown = typeof body === 'object' && body !== null && 'items' in body ? body.items : undefined;
  if (Array.isArray(items) && items.length > limit) items.length = limit;
}

/** The values of an answer that was left as text; undefined if what stands behind the items asked for is no JSON. */
function valuesOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

/** A GET, which is shared with equal ones under way. */
class BoundRead<N extends ShapeName> extends BoundCall implements SharedRead<Decoded<N>>, UpstreamRequest<Decoded<N>> {
  readonly key: string;
  readonly lifetime: Lifetime;
  readonly isList: boolean;
  /** Items that a list may have. */
  private readonly limit: number;

  constructor(
    private readonly client: ResilientClient,
    binding: UpstreamBinding,
    request: EndpointRequest,
    headers: HeaderList,
    private readonly shape: N,
  ) {
    super(binding, request, headers);
    this.key = this.target;
    this.lifetime = binding.lifetime;
    this.isList = request.list !== undefined;
    this.limit = request.list?.limit ?? Infinity;
  }

  read(lifetime: Lifetime): Promise<Decoded<N>> {
    const { isBackground, caller, turns } = this.binding;
    const priority = isBackground ? 'background' : 'read';
    return turns.take(() => this.client.send<Decoded<N>>(this, { priority, lifetime, caller }));
  }

  toValue(body: unknown): Decoded<N> {
    cutItems(body, this.limit);
    return this.decode(this.shape, body);
  }

  fromBytes(bytes: Buffer): Decoded<N> | undefined {
    const source = this.binding.recordTexts.read(this.shape, bytes, this.limit);
    if (!source) return undefined;
    this.binding.unknownFields.inspect(this.operationId, this.shape, () => valuesOf(bytes));
    return decode(this.shape, source, this.binding.unverifiedValues);
  }
}

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
    const { client, binding } = this;
    return binding.coalescer.share(new BoundRead(client, binding, request, this.headersOf(request), shape));
  }

  /** The same for a part of a list, of which no more items are asked for than the upstream takes. */
  list<N extends ShapeName>(shape: N, { operationId, path, query, list }: ListRequest): Promise<Decoded<N>> {
    const { pageSize } = this.binding;
    const asked = list.limit <= pageSize ? list : { ...list, limit: pageSize };
    return this.read(shape, { operationId, method: 'GET', target: targetOf(path, asked, query), list: asked });
  }

  /** A write that answers something, which `check` may reject by a ContractViolation. */
  change<N extends ShapeName>(
    shape: N,
    request: EndpointRequest,
    check: (answer: Decoded<N>) => Decoded<N>,
  ): Promise<Decoded<N>> {
    return this.sendOnce(request, (body, call) => check(call.decode(shape, body)));
  }

  /** A write that may answer something. */
  changeIfAny<N extends ShapeName>(shape: N, request: EndpointRequest): Promise<Decoded<N> | undefined> {
    return this.sendOnce(request, (body, call) =>
      typeof body === 'object' && body !== null && !Array.isArray(body) ? call.decode(shape, body) : undefined,
    );
  }

  /** A write that answers nothing. */
  write(request: EndpointRequest): Promise<void> {
    return this.sendOnce(request, nothing);
  }

  /** A client that has gone takes no write with it. */
  private async sendOnce<T>(request: EndpointRequest, toValue: (body: unknown, call: BoundCall) => T): Promise<T> {
    const { writeTimeoutMs } = this.binding;
    const lifetime = new TimedLifetime(Math.min(performance.now() + writeTimeoutMs, this.binding.lifetime.deadlineAt));
    const call = new BoundCall(this.binding, request, this.headersOf(request));
    const { operationId, method, target, headers, anonymous } = call;
    try {
      const value = await this.client.send(
        {
          operationId,
          method,
          target,
          headers,
          anonymous,
          body: request.body === undefined ? undefined : stringify(request.body),
          sent: call.sent,
          toValue: (body) => toValue(body, call),
        },
        { priority: 'write', lifetime, caller: this.binding.caller },
      );
      call.settled(undefined, false);
      return value;
    } catch (error) {
      const failure =
        error instanceof ContractViolation ? new ContractViolation(error.place, error.reason, true) : error;
      call.settled(failure, false);
      throw failure;
    }
  }

  private headersOf({ dated = true, anonymous = false }: EndpointRequest): HeaderList {
    if (dated && !anonymous) return (this.usualHeaders ??= this.createHeaders(true, false));
    return this.createHeaders(dated, anonymous);
  }

  private createHeaders(dated: boolean, anonymous: boolean): HeaderList {
    const { serviceToken } = this.binding;
    const headers = [...this.binding.headers];
    if (!anonymous && serviceToken !== undefined) headers.push('x-sds-service-token', serviceToken);
    if (dated) headers.push('x-sds-date-format', 'UTC');
    return headers;
  }
}
