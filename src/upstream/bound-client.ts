import { stringify } from 'lossless-json';
import { BoundCall, type EndpointRequest } from './bound-call.js';
import { BoundRead } from './bound-read.js';
import type { Decoded, ShapeName } from './decode.js';
import type { HeaderList } from './http-client.js';
import { TimedLifetime } from './resilience/lifetime.js';
import type { ResilientClient } from './resilience/resilient-client.js';
import type { UpstreamBinding } from './upstream-binding.js';

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

  /** A write that answers something. */
  change<N extends ShapeName>(shape: N, request: EndpointRequest): Promise<Decoded<N>> {
    return this.sendOnce(request, (body, call) => call.decode(shape, body));
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
    const lifetime = new TimedLifetime(this.binding.lifetime.deadlineAt);
    const call = new BoundCall(this.binding, request, this.headersOf(request));
    const { operationId, method, target, headers } = call;
    try {
      const value = await this.client.send(
        {
          operationId,
          method,
          target,
          headers,
          body: request.body === undefined ? undefined : stringify(request.body),
          toValue: (body) => toValue(body, call),
        },
        { priority: 'write', lifetime, pace: this.binding.pace },
      );
      call.settled(undefined, false);
      return value;
    } catch (error) {
      call.settled(error, false);
      throw error;
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
