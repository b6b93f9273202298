import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDrain } from '../../src/http/shutdown.js';
import { connectRaw } from '../support/connect-raw.js';
import { createGate } from '../support/gate.js';
import { until } from '../support/start-process.js';
import { startStack, type Stack } from '../support/start-stack.js';

const QUERY = '{ customer(id: 1) { id } }';
const bodyOf = (id: number): string => JSON.stringify({ query: `{ customer(id: ${id}) { id } }` });
const BODY = bodyOf(1);
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
    const open = (): ReturnType<typeof connectRaw> => connectRaw(stack.gateway.url);
    const [first, half, reused] = await Promise.all([open(), open(), open()]);
    reused.send(`${REQUEST}\r\n\r\n${bodyOf(4)}`);
    await until(() => reused.received().includes('"data"'));
    expect(reused.received()).toMatch(/connection: keep-alive/i);
    stack.sandbox.log.clear();
    const gate = createGate();
    stack.sandbox.faults.add({ until: gate.opened });
    half.send(`${REQUEST}\r\n`);
    first.send(`${REQUEST}\r\n\r\n${BODY}`);
    await until(() => requestsUpstream() === 1);

    const closing = stack.gateway.close(LONG_MS);
    half.send(`\r\n${bodyOf(2)}`);
    reused.send(`${REQUEST}\r\n\r\n${bodyOf(3)}`);
    // The two may be one request for a list.
    await until(() => requestsUpstream() >= 2);
    gate.open();
    expect(await closing).toMatchObject({ cutConnections: 0 });

    for (const [index, { closed, received }] of [first, half, reused].entries()) {
      await closed;
      const last = received().slice(received().lastIndexOf('HTTP/1.1'));
      expect(last).toMatch(/^HTTP\/1\.1 200 OK[^]*connection: close/i);
      expect(last).toContain(`\r\n\r\n{"data":{"customer":{"id":"${index + 1}"}}}\n`);
    }
  });

  it('accepts no further connection from the start', async () => {
    const gate = createGate();
    stack.sandbox.faults.add({ until: gate.opened });
    const answer = stack.execute(QUERY);
    await until(() => requestsUpstream() === 1);
    const closing = stack.gateway.close(LONG_MS);
    await expect(connectRaw(stack.gateway.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    gate.open();
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
