import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDrain } from '../../src/http/shutdown.js';
import { connectRaw } from '../support/connect-raw.js';
import { until } from '../support/start-process.js';
import { startStack, type Stack } from '../support/start-stack.js';

const QUERY = '{ customer(id: 1) { id } }';
const BODY = JSON.stringify({ query: QUERY });
const REQUEST = [
  'POST /graphql HTTP/1.1',
  'host: gateway',
  'x-sds-service-token: sandbox-provider-one',
  'content-type: application/json',
  `content-length: ${BODY.length}`,
].join('\r\n');
const LONG_MS = 60_000;

describe('closing a gateway', () => {
  let stack: Stack;
  beforeEach(async () => {
    stack = await startStack();
  });
  afterEach(() => stack.sandbox.close());

  const requestsUpstream = (): number => stack.sandbox.log.all().length;

  it('answers what is under way, and what is asked on an open connection meanwhile, as the last on it', async () => {
    stack.sandbox.faults.add({ latencyMs: 600 });
    const open = (): ReturnType<typeof connectRaw> => connectRaw(stack.gateway.url);
    const [first, half, reused] = await Promise.all([open(), open(), open()]);
    reused.send('GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: x\r\napollo-require-preflight: 1\r\n\r\n');
    await until(() => reused.received().includes('__typename'));
    expect(reused.received()).toMatch(/connection: keep-alive/i);
    half.send(`${REQUEST}\r\n`);
    first.send(`${REQUEST}\r\n\r\n${BODY}`);
    await until(() => requestsUpstream() === 1);

    const closing = stack.gateway.close(LONG_MS);
    reused.send(`${REQUEST}\r\n\r\n${BODY}`);
    half.send(`\r\n${BODY}`);
    expect(await closing).toMatchObject({ cutConnections: 0 });

    for (const { closed, received } of [first, half, reused]) {
      await closed;
      const last = received().slice(received().lastIndexOf('HTTP/1.1'));
      expect(last).toMatch(/^HTTP\/1\.1 200 OK[^]*connection: close[^]*{"data":{"customer":{"id":"1"}}}\n$/i);
    }
  });

  it('accepts no further connection from the start', async () => {
    stack.sandbox.faults.add({ latencyMs: 600 });
    const answer = stack.execute(QUERY);
    await until(() => requestsUpstream() === 1);
    const closing = stack.gateway.close(LONG_MS);
    await expect(connectRaw(stack.gateway.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect((await answer).data).toEqual({ customer: { id: '1' } });
    expect(await closing).toMatchObject({ cutConnections: 0 });
  });

  it('does not wait for connections that are idle or have never said anything', async () => {
    const silent = await connectRaw(stack.gateway.url);
    const idle = await connectRaw(stack.gateway.url);
    idle.send(`${REQUEST}\r\n\r\n${BODY}`);
    await until(() => idle.received().includes('"data"'));
    const { cutConnections, milliseconds } = await stack.gateway.close(LONG_MS);
    await Promise.all([silent.closed, idle.closed]);
    expect(cutConnections).toBe(0);
    expect(milliseconds).toBeLessThan(LONG_MS);
  });

  it('cuts what is not answered when the grace runs out, and only that', async () => {
    stack.sandbox.faults.add({ match: { operationId: 'requestCustomer' }, action: { kind: 'hang' } });
    const [hanging, silent] = await Promise.all([connectRaw(stack.gateway.url), connectRaw(stack.gateway.url)]);
    hanging.send(`${REQUEST}\r\n\r\n${BODY}`);
    await until(() => requestsUpstream() === 1);
    expect(await stack.gateway.close(0)).toMatchObject({ cutConnections: 1 });
    await Promise.all([hanging.closed, silent.closed]);
    expect(hanging.received()).toBe('');
  });
});

describe('createDrain', () => {
  it('closes a connection whose answer had begun, and so promised to keep it', async () => {
    let answer: ServerResponse | undefined;
    const server = createServer((_request, response) => {
      response.write('begun, ');
      answer = response;
    });
    server.keepAliveTimeout = LONG_MS;
    const drain = createDrain(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const client = await connectRaw(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    client.send('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await until(() => client.received().includes('begun'));
    expect(client.received()).toMatch(/connection: keep-alive/i);

    const drained = drain.run(LONG_MS);
    expect([drain.isDraining, drain.requestsUnderWay]).toEqual([true, 1]);
    // Past the moment at which idle connections are closed.
    await new Promise((resolve) => setTimeout(resolve, 400));
    answer?.end('ended');
    const { cutConnections, milliseconds } = await drained;
    await client.closed;
    expect(client.received()).toContain('ended');
    expect(cutConnections).toBe(0);
    expect(milliseconds).toBeLessThan(LONG_MS);
  });
});
