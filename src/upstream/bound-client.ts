import type { Coalescer } from './coalescer.js';
import { decode, type Decoded, type ShapeName } from './decode.js';
import { queryString, type UpstreamAnswer, type UpstreamRequest } from './http-client.js';
import { uncancelled, type Lifetime } from './resilience/lifetime.js';
import type { Pace } from './resilience/pace.js';
import type { Priority } from './resilience/concurrency-limiter.js';
import type { ResilientClient } from './resilience/resilient-client.js';

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
  /** How long reads are worth waiting for. */
  lifetime: Lifetime;
  /** Whether nobody waits for what is read; such reads go last. */
  isBackground: boolean;
  /** Headers that put calls into the caller's trace; a shared read belongs to whoever started it. */
  traceContext: Readonly<Record<string, string>>;
  /** Told of every call before it is made; may refuse it by throwing. */
  beforeCall(): void;
  /** Told of every call once it has settled. */
  afterCall(call: SettledCall): void;
}

/** A request of one endpoint; whether it carries the credential and the date format is the endpoint's to say. */
export type EndpointRequest = Omit<UpstreamRequest, 'headers'> & { dated?: boolean; anonymous?: boolean };

/** Sends the requests of one caller in one operation, and checks what comes back. */
export class BoundClient {
  constructor(
    private readonly client: ResilientClient,
    private readonly binding: UpstreamBinding,
  ) {}

  /** A GET, shared with equal ones under way. */
  read<N extends ShapeName>(shape: N, request: EndpointRequest): Promise<Decoded<N>> {
    const { coalescer, lifetime, isBackground } = this.binding;
    const { operationId, path, query } = request;
    return this.follow(operationId, () =>
      coalescer.share({
        key: `${path}${queryString(query)}`,
        operationId,
        lifetime,
        read: (shared) =>
          this.send(request, isBackground ? 'background' : 'read', shared).then(({ body }) => decode(shape, body)),
      }),
    );
  }

  /** A write that answers something. */
  async change<N extends ShapeName>(shape: N, request: EndpointRequest): Promise<Decoded<N>> {
    return decode(shape, (await this.sendOnce(request)).body);
  }

  /** A write that may answer something. */
  async changeIfAny<N extends ShapeName>(shape: N, request: EndpointRequest): Promise<Decoded<N> | undefined> {
    const { body } = await this.sendOnce(request);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? decode(shape, body) : undefined;
  }

  /** A write that answers nothing. */
  async write(request: EndpointRequest): Promise<void> {
    await this.sendOnce(request);
  }

  private send(
    { dated = true, anonymous = false, ...request }: EndpointRequest,
    priority: Priority,
    lifetime: Lifetime,
  ): Promise<UpstreamAnswer> {
    const { serviceToken, traceContext, pace } = this.binding;
    const headers: Record<string, string> = { ...traceContext };
    if (!anonymous && serviceToken !== undefined) headers['x-sds-service-token'] = serviceToken;
    if (dated) headers['x-sds-date-format'] = 'UTC';
    return this.client.send({ ...request, headers }, { priority, lifetime, pace });
  }

  /** A client that has gone takes no write with it. */
  private sendOnce(request: EndpointRequest): Promise<UpstreamAnswer> {
    const lifetime = uncancelled(this.binding.lifetime.deadlineAt);
    return this.follow(request.operationId, () => ({ answer: this.send(request, 'write', lifetime), joined: false }));
  }

  private async follow<T>(operationId: string, start: () => { answer: Promise<T>; joined: boolean }): Promise<T> {
    this.binding.beforeCall();
    const startedAt = performance.now();
    const { answer, joined } = start();
    let failure: unknown;
    try {
      return await answer;
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      this.binding.afterCall({ operationId, milliseconds: performance.now() - startedAt, failure, joined });
    }
  }
}
