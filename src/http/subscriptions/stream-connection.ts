import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { GatewayError } from '../../errors/gateway-error.js';
import { NO_SNIFF } from '../response.js';
import type { Connection, Connections } from './connections.js';
import type { Results } from './create-subscribe.js';
import type { StreamForm } from './stream-form.js';
import { toShownError } from './to-shown-error.js';

const HEAD = {
  ...NO_SNIFF,
  'cache-control': 'no-store',
  // nginx holds back what it is not told to pass on.
  'x-accel-buffering': 'no',
};

/**
 * A response that streams the results of a subscription. Its end says that the subscription is over, and clients do not
 * connect again after it. A stream that ends for any other reason is cut, as by a network failure.
 */
export class StreamConnection implements Connection {
  private results: Results | undefined;
  private isRejected = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly form: StreamForm,
    private readonly written: Connections['written'],
  ) {}

  get unreadBytes(): number {
    return this.response.writableLength;
  }

  end(): void {
    this.cut();
  }

  reject(reason: GatewayError): void {
    const { results, response, form } = this;
    if (!results || response.writableNeedDrain) {
      this.cut();
      return;
    }
    this.isRejected = true;
    void results.return?.();
    response.write(form.toRejection([toShownError(reason)]), () => this.cut());
  }

  cut(): void {
    this.response.destroy();
  }

  /** Writes the head, then all results as they come. */
  async send(results: Results, heartbeatMs: number): Promise<void> {
    const { response, form } = this;
    this.results = results;
    const heartbeat = setInterval(() => {
      if (!response.writableNeedDrain) response.write(form.signOfLife);
    }, heartbeatMs);
    // No client waits for the end of a stream on a connection of which it has closed its side.
    const leave = (): void => this.cut();
    const { socket } = response.req;
    socket.once('end', leave);
    response.once('close', () => {
      clearInterval(heartbeat);
      socket.off('end', leave);
      void results.return?.();
    });
    response.writeHead(200, { ...HEAD, 'content-type': form.contentType });
    // At once, and with a body: proxies hold headers back until there is some of it.
    response.write(form.start);
    for await (const { result, cursor } of results) {
      const id = cursor === undefined ? '' : form.toId(cursor);
      await this.write(`${id}${form.before}${JSON.stringify(result)}${form.after}`);
    }
    if (!this.isRejected && !response.destroyed) response.end(form.end);
  }

  private async write(text: string): Promise<void> {
    const { response } = this;
    const isTaken = response.write(text);
    this.written(text.length);
    if (isTaken || response.destroyed) return;
    await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
}
