import { performance } from 'node:perf_hooks';
import type { Coalescer } from './coalescer.js';
import { decode, type Decoded, type ShapeName } from './decode.js';
import { queryString, type UpstreamAnswer, type UpstreamRequest } from './http-client.js';
import { uncancelled, type Lifetime } from './resilience/lifetime.js';
import type { Pace } from './resilience/pace.js';
import type { Call, ResilientClient } from './resilience/resilient-client.js';

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
export interface BoundClient {
  /** A GET, shared with equal ones under way. */
  read<N extends ShapeName>(shape: N, request: EndpointRequest): Promise<Decoded<N>>;
  /** A write that answers something. */
  change<N extends ShapeName>(shape: N, request: EndpointRequest): Promise<Decoded<N>>;
  /** A write that may answer something. */
  changeIfAny<N extends ShapeName>(shape: N, request: EndpointRequest): Promise<Decoded<N> | undefined>;
  /** A write that answers nothing. */
  write(request: EndpointRequest): Promise<void>;
}

export function createBoundClient(client: ResilientClient, binding: UpstreamBinding): BoundClient {
  const { serviceToken, coalescer, pace, lifetime, isBackground, traceContext } = binding;

  function send(
    { dated = true, anonymous = false, ...request }: EndpointRequest,
    call: Pick<Call, 'priority' | 'lifetime'>,
  ): Promise<UpstreamAnswer> {
    const headers = {
      ...traceContext,
      ...(!anonymous && serviceToken !== undefined && { 'x-sds-service-token': serviceToken }),
      ...(dated && { 'x-sds-date-format': 'UTC' }),
    };
    return client.send({ ...request, headers }, { ...call, pace });
  }

  async function follow<T>(operationId: string, start: () => { answer: Promise<T>; joined: boolean }): Promise<T> {
    binding.beforeCall();
    const startedAt = performance.now();
    const { answer, joined } = start();
    let failure: unknown;
    try {
      return await answer;
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      binding.afterCall({ operationId, milliseconds: performance.now() - startedAt, failure, joined });
    }
  }

  /** A client that has gone takes no write with it. */
  const sendOnce = (request: EndpointRequest): Promise<UpstreamAnswer> =>
    follow(request.operationId, () => ({
      answer: send(request, { priority: 'write', lifetime: uncancelled(lifetime.deadlineAt) }),
      joined: false,
    }));

  return {
    read: (shape, request) =>
      follow(request.operationId, () =>
        coalescer.share({
          key: `${request.path}${queryString(request.query)}`,
          operationId: request.operationId,
          lifetime,
          read: async (shared) =>
            decode(
              shape,
              (await send(request, { priority: isBackground ? 'background' : 'read', lifetime: shared })).body,
            ),
        }),
      ),
    change: async (shape, request) => decode(shape, (await sendOnce(request)).body),
    async changeIfAny(shape, request) {
      const { body } = await sendOnce(request);
      return typeof body === 'object' && body !== null && !Array.isArray(body) ? decode(shape, body) : undefined;
    },
    async write(request) {
      await sendOnce(request);
    },
  };
}
