import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { startGateway } from '../support/start-gateway.js';
import { startStack, type Stack } from '../support/start-stack.js';

const TOKEN = { 'content-type': 'application/json', 'x-sds-service-token': 'any' };
const VERSION = '{ upstreamVersion { restApiVersion } }';
const BODY =
  '{"restApiVersion":"4.42.3","sdsServerVersion":"4.42.3","buildDate":"2024-05-06T07:08:09Z","scmRevisionNumber":"1"}';
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

/** An upstream that answers each request by these pieces, each in a packet of its own, on connections that stay open. */
async function startRawUpstream(
  pieces: readonly string[],
): Promise<{ server: Server; url: string; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.setNoDelay(true).on('error', () => undefined));
    socket.on('data', () => {
      const send = ([piece, ...others]: readonly string[]): void => {
        if (piece !== undefined) socket.write(piece, () => setImmediate(() => send(others)));
      };
      send(pieces);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, sockets, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api` };
}

describe('an upstream that sends 100 Continue unasked', () => {
  it.each<[string, readonly string[]]>([
    ['in one piece with the answer', [CONTINUE + ANSWER]],
    ['by itself', [CONTINUE, ANSWER]],
    ['twice', [CONTINUE + CONTINUE, CONTINUE + ANSWER]],
    ['with headers and without a reason', [`HTTP/1.1 100\r\nserver: x\r\n\r\n${ANSWER}`]],
    ['as HTTP/1.0', [`HTTP/1.0 100 Continue\r\n\r\n${ANSWER}`]],
    ['byte by byte', Array.from(CONTINUE + ANSWER)],
    ['and early hints', [`${CONTINUE}HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${ANSWER}`]],
    ['never', [ANSWER]],
  ])('is read as any other, on one connection: %s', async (_, pieces) => {
    const { server, sockets, url } = await startRawUpstream(pieces);
    const gateway = await startGateway({ UPSTREAM_URL: url });
    for (let time = 0; time < 4; time += 1) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: TOKEN,
        body: JSON.stringify({ query: VERSION }),
      });
      expect(await response.json()).toEqual({ data: { upstreamVersion: { restApiVersion: '4.42.3' } } });
    }
    expect(sockets).toHaveLength(1);
    await gateway.close(0);
    sockets.forEach((socket) => socket.destroy());
    server.close();
    await once(server, 'close');
  });
});

describe('an answer of the upstream', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.close());
  beforeEach(() => stack.sandbox.faults.clear());

  it.each([
    ['{ customer(id: 1) { id companyName } }', 'requestCustomer'],
    ['{ customers(first: 2) { nodes { id companyName } } }', 'requestCustomers'],
    ['{ upstreamVersion { restApiVersion } }', 'requestSoftwareVersion'],
  ])('may begin with a byte order mark: %s', async (query, operationId) => {
    const expected = (await stack.execute(query)).data;
    const log = stack.sandbox.log.of(operationId).at(-1);
    const path = `${log?.path ?? ''}?${new URLSearchParams(log?.query).toString()}`;
    const raw = await fetch(`${stack.sandbox.url}${path}`, {
      headers: { 'x-sds-service-token': 'sandbox-provider-one', 'x-sds-date-format': 'UTC' },
    });
    const marked = Buffer.concat([Buffer.from('\ufeff'), Buffer.from(await raw.arrayBuffer())]);
    for (const headers of [{}, { 'content-encoding': 'gzip' }]) {
      stack.sandbox.faults.clear();
      const body = 'content-encoding' in headers ? gzipSync(marked) : marked;
      stack.sandbox.faults.add({ match: { operationId }, action: { kind: 'respond', status: 200, headers, body } });
      for (let time = 0; time < 4; time += 1) {
        const { data, errors } = await stack.execute(query);
        expect([data, errors]).toEqual([expected, undefined]);
      }
    }
  });

  it('that is an error may begin with a byte order mark', async () => {
    const body = Buffer.from(`\ufeff${JSON.stringify({ code: 404, message: 'x', errorCode: -90103 })}`);
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomer' },
      action: { kind: 'respond', status: 404, body },
    });
    expect(await stack.execute('{ customer(id: 1) { id } }')).toMatchObject({
      data: { customer: null },
      errors: undefined,
    });
  });

  it.each(['999999999', 'Fri, 31 Dec 9999 23:59:59 GMT', '86400.5'])(
    'that asks to wait for very long is notified of with an hour: %s',
    async (wait) => {
      const token = `caller-${wait.length}`;
      stack.sandbox.faults.add({
        match: { token },
        action: { kind: 'respond', status: 429, headers: { 'retry-after': wait } },
      });
      const { errors } = await stack.execute('{ customer(id: 1) { id } }', {}, { 'x-sds-service-token': token });
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 3_600 } }]);
    },
  );
});
