import { connectRaw } from '../support/connect-raw.js';
import { connect } from 'node:net';
import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { startStack, type Stack } from '../support/start-stack.js';

const TOKEN = 'x-sds-service-token: sandbox-provider-one';
const BODY = JSON.stringify({ query: '{ customer(id: 1) { id } }' });

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    sandbox: { customers: 5 },
    env: { ARRIVAL_TIMEOUT_MS: '1000', CORS_ORIGINS: 'https://app.example.com' },
  });
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

/** Sends bytes as they are and returns everything up to the end of the connection. */
async function exchange(text: string): Promise<string> {
  const connection = await connectRaw(stack.gateway.url);
  connection.send(text);
  await connection.closed;
  return connection.received();
}

function post(target: string, ...headers: string[]): string {
  const all = ['host: gateway', TOKEN, 'content-type: application/json', ...headers];
  const length = `content-length: ${Buffer.byteLength(BODY)}`;
  return [`POST ${target} HTTP/1.1`, ...all, 'connection: close', length, '', BODY].join('\r\n');
}

const get = (target: string, ...headers: string[]): string =>
  [`GET ${target} HTTP/1.1`, 'host: gateway', TOKEN, ...headers, '', ''].join('\r\n');

const ANSWER = '{"data":{"customer":{"id":"1"}}}';
const fourTimes = [1, 2, 3, 4];

describe('an offer to upgrade that is not a subscription', () => {
  // As Java's HttpClient and curl --http2 send it.
  const H2C = ['connection: Upgrade, HTTP2-Settings', 'upgrade: h2c', 'http2-settings: AAMAAABkAAQAoAAAAAIAAAAA'];

  it('is ignored for an operation by POST', async () => {
    for (const _ of fourTimes) {
      const connection = await connectRaw(stack.gateway.url);
      connection.send(post('/graphql', ...H2C).replace('connection: close\r\n', ''));
      await eventually('it is answered', () => connection.received().includes(ANSWER));
      expect(connection.received()).toMatch(/^HTTP\/1\.1 200 OK/);
      connection.destroy();
    }
  });

  it.each([
    ['/health/live', 200],
    ['/health/ready', 200],
    ['/graphql?query=%7B__typename%7D', 200],
    ['/nowhere', 404],
  ])('is ignored at GET %s', async (target, status) => {
    const connection = await connectRaw(stack.gateway.url);
    connection.send(get(target, 'apollo-require-preflight: 1', ...H2C));
    await eventually('it is answered', () => connection.received().includes('\r\n\r\n'));
    expect(connection.received()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    connection.destroy();
  });

  it('is ignored for a WebSocket anywhere but at GET /graphql', async () => {
    const webSocket = ['upgrade: websocket', 'connection: Upgrade'];
    const connection = await connectRaw(stack.gateway.url);
    connection.send(get('/health/live', ...webSocket));
    await eventually('it is answered', () => connection.received().includes('\r\n\r\n'));
    expect(connection.received()).toMatch(/^HTTP\/1\.1 200 /);
    connection.send(post('/graphql', ...webSocket).replace('connection: close\r\n', ''));
    await eventually('the next request is answered', () => connection.received().includes(ANSWER));
    connection.destroy();
  });
});

describe('a target in absolute form', () => {
  it('is the path that it names, for operations by POST and GET and for health', async () => {
    for (const _ of fourTimes) expect(await exchange(post('http://gateway/graphql'))).toContain(ANSWER);
    const query = encodeURIComponent('{ customer(id: 1) { id } }');
    for (const target of [`http://gateway/graphql?query=${query}`, `HTTP://gateway:80/graphql?query=${query}`]) {
      const received = await exchange(get(target, 'apollo-require-preflight: 1', 'connection: close'));
      expect(received).toContain(ANSWER);
    }
    expect(await exchange(get('http://gateway/health/live', 'connection: close'))).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('headers of a body', () => {
  it.each(['application/json; charset=utf8', 'application/json; charset="UTF8"', 'application/json;charset=UTF-8'])(
    'may be %s',
    async (contentType) => {
      for (const _ of fourTimes) {
        const answer = await stack.execute(
          '{ customer(id: 1) { id } }',
          {},
          {
            'x-sds-service-token': 'sandbox-provider-one',
            'content-type': contentType,
          },
        );
        expect(answer).toMatchObject({ status: 200, data: { customer: { id: '1' } } });
      }
    },
  );

  it('may hold an empty content-encoding', async () => {
    for (const _ of fourTimes) expect(await exchange(post('/graphql', 'content-encoding: '))).toContain(ANSWER);
  });

  it('still reject other charsets and codings', async () => {
    const latin = post('/graphql').replace('application/json', 'application/json; charset=latin1');
    expect(await exchange(latin)).toMatch(/^HTTP\/1\.1 415 /);
    expect(await exchange(post('/graphql', 'content-encoding: gzip'))).toMatch(/^HTTP\/1\.1 415 /);
  });
});

describe('a connection that never sent anything', () => {
  it('is closed without an answer when its time is over', async () => {
    expect(await exchange('')).toBe('');
  });

  it('gets 408 if it has sent a part of a request', async () => {
    expect(await exchange('GET /graphql HTTP/1.1\r\nhost: gateway\r\n')).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('an operation by GET', () => {
  const ONE = 'query One($id: ID!) { customer(id: $id) { id } }';
  const ask = async (parameters: Record<string, string>): Promise<unknown> => {
    const url = `${stack.gateway.url}/graphql?${new URLSearchParams(parameters).toString()}`;
    const headers = { 'x-sds-service-token': 'sandbox-provider-one', 'apollo-require-preflight': '1' };
    return (await fetch(url, { headers })).json();
  };

  it('asks for exactly the id that its variables name', async () => {
    for (const _ of fourTimes) {
      stack.sandbox.log.clear();
      await ask({ query: ONE, variables: '{"id":9007199254740993}' });
      expect(stack.sandbox.log.all().map(({ path }) => path)).toEqual(['/v4/provisioning/customers/9007199254740993']);
    }
  });

  it('takes an empty parameter as not given', async () => {
    const empty = { variables: '', extensions: '', operationName: '' };
    for (const _ of fourTimes) {
      expect(await ask({ query: '{ customer(id: 1) { id } }', ...empty })).toEqual({ data: { customer: { id: '1' } } });
    }
  });

  it('still reports variables that are not JSON', async () => {
    expect(await ask({ query: ONE, variables: '{"id":' })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  });
});

describe('a preflight', () => {
  it.each(['traceparent', 'tracestate', 'baggage', 'apollographql-library-name', 'apollographql-library-version'])(
    'allows %s',
    async (header) => {
      const { headers } = await fetch(`${stack.gateway.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin: 'https://app.example.com', 'access-control-request-method': 'POST' },
      });
      expect(headers.get('access-control-allow-headers')?.split(', ')).toContain(header);
    },
  );
});

describe('a client that closes its side after the request', () => {
  it('gets its response', async () => {
    const query = encodeURIComponent('{ customer(id: 1) { id } }');
    const requests = [post('/graphql'), get(`/graphql?query=${query}`, 'apollo-require-preflight: 1')];
    for (const _ of fourTimes) {
      for (const request of requests) {
        const connection = await connectRaw(stack.gateway.url);
        connection.send(request);
        connection.closeSending();
        await connection.closed;
        expect(connection.received()).toMatch(/^HTTP\/1\.1 200 /);
        expect(connection.received()).toContain(ANSWER);
      }
    }
  });

  it('gets its response after a long wait, once', async () => {
    const gate = createGate();
    stack.sandbox.faults.add({ until: gate.opened });
    const connection = await connectRaw(stack.gateway.url);
    connection.send(post('/graphql'));
    connection.closeSending();
    await eventually('it is asked to wait', () => connection.received().includes('102 Processing'));
    gate.open();
    await connection.closed;
    stack.sandbox.faults.clear();
    expect(connection.received()).toMatch(/^(HTTP\/1\.1 102 Processing\r\n\r\n)+HTTP\/1\.1 200 /);
    expect(connection.received().split(ANSWER)).toHaveLength(2);
  });

  it('gets no interim response if it speaks HTTP/1.0', async () => {
    const connection = await connectRaw(stack.gateway.url);
    connection.send(post('/graphql').replace('HTTP/1.1', 'HTTP/1.0'));
    connection.closeSending();
    await connection.closed;
    expect(connection.received()).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('a request that is rejected before its body has arrived', () => {
  const LARGE = Buffer.alloc(5 * 1024 * 1024, ' ');

  /** Sends all of a request and reads nothing before that, as simple clients do. Returns what comes, up to the end of the connection. */
  async function sendAll(head: readonly string[], body: Buffer): Promise<string> {
    const { hostname, port } = new URL(stack.gateway.url);
    const socket = connect(Number(port), hostname).pause();
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.write([...head, '', ''].join('\r\n'));
      socket.write(body, () => resolve());
    });
    let received = '';
    for await (const chunk of socket) received += String(chunk);
    return received;
  }

  const JSON_BODY = { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' };

  it.each([
    [413, '/graphql', {}],
    [413, '/graphql/stream', {}],
    [415, '/graphql', { 'content-encoding': 'gzip' }],
    [406, '/graphql', { accept: 'text/html' }],
    [404, '/nowhere', {}],
  ])('gets %i at %s', async (status, path, more) => {
    const length = { host: 'gateway', 'content-length': String(LARGE.length) };
    const headers = Object.entries({ ...JSON_BODY, ...length, ...more }).map((header) => header.join(': '));
    for (let round = 0; round < 5; round += 1) {
      const received = await sendAll([`POST ${path} HTTP/1.1`, ...headers], LARGE);
      expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(received).toMatch(/connection: close\r\n[^]*\r\n\r\n\{"errors":\[.*\]\}$/);
    }
  });

  it('gets its status from fetch, too', async () => {
    for (let round = 0; round < 10; round += 1) {
      const response = await fetch(`${stack.gateway.url}/graphql`, { method: 'POST', headers: JSON_BODY, body: LARGE });
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    }
  });
});

describe('a response to a query', () => {
  it('varies by the media types that its client takes', async () => {
    for (const _ of fourTimes) {
      const { headers } = await stack.execute('{ customer(id: 1) { id } }');
      expect(headers.get('vary')?.split(', ')).toContain('accept');
    }
  });
});
