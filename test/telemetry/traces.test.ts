import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { recordLog } from '../support/log-lines.js';
import { openSocket } from '../support/open-socket.js';
import { startCollector, type CollectedSpan, type Collector } from '../support/start-collector.js';
import { rename } from '../support/subscribe.js';
import { startProcess, until } from '../support/start-process.js';
import { startStack, type Stack } from '../support/start-stack.js';

const QUERY = 'query Named { a: customer(id: 5) { id } b: customer(id: 6) { id } c: customer(id: 7) { id } }';
const CREDENTIAL = { 'x-sds-service-token': SANDBOX_TOKENS.first };
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT_ID = '00f067aa0ba902b7';
const SAMPLED = `00-${TRACE_ID}-${PARENT_ID}-01`;
const UNSAMPLED = `00-${TRACE_ID}-${PARENT_ID}-00`;
const [INTERNAL, SERVER, CLIENT] = [1, 2, 3];
const ERROR = 2;

let collector: Collector;
let stack: Stack;
const { lines, logger } = recordLog();

beforeEach(async () => {
  lines.length = 0;
  collector = await startCollector();
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) Reflect.deleteProperty(process.env, name);
  await collector.close();
});

/** The SDK reads its variables from the environment of the process. */
async function start(env: Record<string, string> = {}): Promise<void> {
  const whole = { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/otlp/`, ...env };
  Object.assign(process.env, whole);
  stack = await startStack({ logger, env: whole });
}

const ofKind = (kind: number | undefined): CollectedSpan[] => collector.spans.filter((span) => span.kind === kind);
const only = <T>([first]: readonly T[]): T => {
  if (first === undefined) throw new Error('there is none');
  return first;
};

describe('a trace', () => {
  it.each(['http/protobuf', 'http/json'])(
    'has spans for operation, plans and calls, in the trace of the client: %s',
    async (protocol) => {
      await start({ OTEL_EXPORTER_OTLP_PROTOCOL: protocol });
      await stack.execute(QUERY, {}, { ...CREDENTIAL, traceparent: SAMPLED, tracestate: 'a=1' });
      await stack.close();

      const contentType = protocol === 'http/json' ? 'application/json' : 'application/x-protobuf';
      expect(collector.requests).toMatchObject([{ path: '/otlp/v1/traces', headers: { 'content-type': contentType } }]);
      expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE_ID]));
      const operation = only(ofKind(SERVER));
      expect(operation).toMatchObject({ name: 'query', parentSpanId: PARENT_ID, traceState: 'a=1', status: 0 });
      const plans = ofKind(INTERNAL);
      expect(plans.map(({ attributes }) => attributes['gateway.plan.keys'])).toEqual([3]);
      const calls = ofKind(CLIENT);
      const sent = stack.sandbox.log.all();
      expect(sent.length).toBeGreaterThan(0);
      expect(calls.map(({ spanId, name }) => [name, `00-${TRACE_ID}-${spanId}-01`]).sort()).toEqual(
        sent.map(({ operationId, headers }) => [`GET ${operationId ?? ''}`, headers['traceparent']]).sort(),
      );
      for (const { headers } of sent) expect(headers['tracestate']).toBe('a=1');
      for (const span of [...plans, ...calls]) {
        expect(span.parentSpanId).toBe(operation.spanId);
        expect(span.startTimeUnixNano >= operation.startTimeUnixNano).toBe(true);
        expect(span.endTimeUnixNano >= span.startTimeUnixNano).toBe(true);
        expect(span.endTimeUnixNano <= operation.endTimeUnixNano).toBe(true);
      }
      expect(Math.abs(Number(operation.endTimeUnixNano) / 1e6 - Date.now())).toBeLessThan(60_000);
    },
  );

  it('has attributes by the conventions of HTTP and GraphQL, without the filters and credentials of a caller', async () => {
    await start();
    const query = 'query List { customers(filter: { companyName: { contains: "hidden" } }) { totalCount } }';
    const { status } = await stack.execute(query);
    await stack.close();

    const { port, hostname } = new URL(stack.gateway.url);
    expect(only(ofKind(SERVER)).attributes).toEqual({
      'http.request.method': 'POST',
      'http.response.status_code': status,
      'server.address': hostname,
      'server.port': Number(port),
      'url.path': '/graphql',
      'url.scheme': 'http',
      'graphql.processing.type': 'request',
      'graphql.operation.name': 'List',
      'graphql.operation.type': 'query',
      'graphql.document.hash': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      'gateway.request_id': expect.any(String),
      'gateway.compiled': expect.any(Boolean),
      'gateway.cache_hits': 0,
    });
    const upstream = new URL(stack.sandbox.url);
    expect(only(ofKind(CLIENT))).toMatchObject({ name: 'GET requestCustomers', status: 0 });
    expect(only(ofKind(CLIENT)).attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'server.address': upstream.hostname,
      'server.port': Number(upstream.port),
      'url.full': expect.stringMatching(
        /^http.*\/v4\/provisioning\/customers\?offset=0&limit=\d+&filter=REDACTED(?:&|$)/,
      ),
    });
    expect(
      JSON.stringify(collector.spans, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toMatch(new RegExp(`${SANDBOX_TOKENS.first}|hidden`));
  });

  it('has one span for the attempts of a call, with their number and the last status', async () => {
    await start();
    stack.sandbox.faults.add({ action: { kind: 'respond', status: 503 }, times: 1 });
    await stack.execute('{ customers { totalCount } }');
    await stack.close();
    expect(ofKind(CLIENT)).toMatchObject([
      { status: 0, attributes: { 'http.request.resend_count': 1, 'http.response.status_code': 200 } },
    ]);
  });

  it('begins here if the request belongs to none, and has an error for what failed here and not for a mistake of the caller', async () => {
    await start();
    // Nothing is compiled for a credential before a call with it has succeeded.
    await stack.execute('query Known { customer(id: 5) { users { totalCount } } }');
    stack.sandbox.faults.add({ action: { kind: 'respond', status: 404 } });
    for (let time = 0; time < 3; time += 1)
      await stack.execute('query Gone { customer(id: 5) { users { totalCount } } }');
    stack.sandbox.faults.clear();
    stack.sandbox.faults.add({ action: { kind: 'respond', status: 500 } });
    await stack.execute('query Broken { customers { totalCount } }');
    await stack.execute('query Refused { customers { totalCount } }', {}, { 'x-sds-service-token': 'a b' });
    await stack.execute('query Wrong { nothing }');
    await stack.close();

    const operations = ofKind(SERVER);
    expect(new Set(operations.map(({ traceId }) => traceId)).size).toBe(operations.length);
    expect(operations.map(({ parentSpanId }) => parentSpanId ?? '').join('')).toBe('');
    const told = ['graphql.operation.name', 'http.response.status_code', 'error.type'];
    expect(
      operations.map(({ name, status, attributes }) => [name, ...told.map((key) => attributes[key]), status]),
    ).toEqual([
      ['query', 'Known', 200, undefined, 0],
      ['query', 'Gone', 200, 'UPSTREAM_ERROR', ERROR],
      ['query', 'Gone', 200, 'UPSTREAM_ERROR', ERROR],
      ['query', 'Gone', 200, 'UPSTREAM_ERROR', ERROR],
      ['query', 'Broken', 200, 'UPSTREAM_ERROR', ERROR],
      ['GraphQL Operation', undefined, 400, 'BAD_REQUEST', 0],
      ['GraphQL Operation', undefined, 400, 'GRAPHQL_VALIDATION_FAILED', 0],
    ]);
    expect(operations.slice(1, 4).map(({ attributes }) => attributes['gateway.compiled'])).toEqual([
      false,
      false,
      true,
    ]);
    const broken = ofKind(CLIENT).filter(({ name }) => name === 'GET requestCustomers');
    expect(broken.map(({ attributes, status }) => [attributes['error.type'], status])).toEqual([['500', ERROR]]);
    expect(broken[0]?.attributes).toMatchObject({ 'http.response.status_code': 500 });
  });
});

describe('what is traced', () => {
  const sent = async (headers: Record<string, string> = {}): Promise<Record<string, unknown>> => {
    stack.sandbox.log.clear();
    await stack.execute('query Sent { customer(id: 5) { id } }', {}, { ...CREDENTIAL, ...headers });
    return only(stack.sandbox.log.all()).headers;
  };

  it.each<[sampler: string, argument: string, own: number, sampled: number, unsampled: number]>([
    ['always_on', '', 1, 1, 1],
    ['always_off', '', 0, 0, 0],
    ['traceidratio', '0', 0, 0, 0],
    ['traceidratio', '1', 1, 1, 1],
    ['', '', 1, 1, 0],
    ['parentbased_always_on', '', 1, 1, 0],
    ['parentbased_always_off', '', 0, 1, 0],
    ['parentbased_traceidratio', '0', 0, 1, 0],
    ['parentbased_traceidratio', '1', 1, 1, 0],
  ])('is decided by the sampler %s %s', async (sampler, argument, ...expected) => {
    await start({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: argument });
    const contexts = [{}, { traceparent: SAMPLED }, { traceparent: UNSAMPLED }];
    const flags: string[] = [];
    for (const context of contexts) flags.push(String((await sent(context))['traceparent']).slice(-2));
    await stack.close();
    expect(flags).toEqual(expected.map((count) => `0${count}`));
    expect(ofKind(SERVER)).toHaveLength(expected.reduce((sum, count) => sum + count));
    expect(ofKind(CLIENT)).toHaveLength(ofKind(SERVER).length);
  });

  it('goes on in the trace of the client if that is not sampled, and is not sent', async () => {
    await start();
    for (let time = 0; time < 4; time += 1)
      expect(await sent({ traceparent: UNSAMPLED, tracestate: 'a=1' })).toMatchObject({
        traceparent: expect.stringMatching(new RegExp(`^00-${TRACE_ID}-(?!${PARENT_ID})[0-9a-f]{16}-00$`)),
        tracestate: 'a=1',
      });
    await stack.close();
    expect(collector.requests).toEqual([]);
  });

  it.each<[name: string, env: Record<string, string>]>([
    ['OTEL_SDK_DISABLED=true', { OTEL_SDK_DISABLED: 'True' }],
    ['OTEL_TRACES_EXPORTER=none', { OTEL_TRACES_EXPORTER: 'none' }],
    ['no endpoint', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
  ])('is nothing with %s: the context is handed on as it came', async (_, env) => {
    await start(env);
    expect(await sent({ traceparent: SAMPLED })).toMatchObject({ traceparent: SAMPLED });
    expect(await sent()).not.toHaveProperty('traceparent');
    await stack.close();
    expect(collector.requests).toEqual([]);
  });

  it.each<[propagators: string, from: Record<string, string>, to: string[], parent: string | undefined]>([
    ['', { traceparent: SAMPLED, baggage: 'tenant=a' }, ['baggage', 'traceparent'], PARENT_ID],
    ['tracecontext', { traceparent: SAMPLED, baggage: 'tenant=a' }, ['traceparent'], PARENT_ID],
    ['b3', { b3: `${TRACE_ID}-${PARENT_ID}-1` }, ['b3'], PARENT_ID],
    [
      'b3multi',
      { 'x-b3-traceid': TRACE_ID, 'x-b3-spanid': PARENT_ID, 'x-b3-sampled': '1' },
      ['x-b3-sampled', 'x-b3-spanid', 'x-b3-traceid'],
      PARENT_ID,
    ],
    ['b3,tracecontext', { traceparent: SAMPLED }, ['b3', 'traceparent'], PARENT_ID],
    ['none', { traceparent: SAMPLED, baggage: 'tenant=a' }, [], undefined],
  ])('takes and hands on contexts by OTEL_PROPAGATORS=%s', async (propagators, from, to, parent) => {
    await start({ OTEL_PROPAGATORS: propagators });
    const headers = await sent(from);
    await stack.close();
    const carried = Object.keys(headers).filter((name) => /^(?:b3|baggage|trace.*|x-b3-.*)$/.test(name));
    expect(carried.sort()).toEqual(to);
    expect(only(ofKind(SERVER)).parentSpanId).toBe(parent);
    const ids = carried.filter((name) => /traceid|^b3$|traceparent/.test(name)).map((name) => String(headers[name]));
    for (const id of ids) expect(id).toContain(TRACE_ID);
  });

  it('is a subscription over WebSocket, in the trace of its connection', async () => {
    await start();
    const { socket, messages, send } = await openSocket(stack.gateway, { traceparent: SAMPLED });
    const has = (type: string) => (): boolean => messages.some((message) => message.type === type);
    send({ type: 'connection_init', payload: CREDENTIAL });
    await eventually('the connection is accepted', has('connection_ack'));
    send({ id: '1', type: 'subscribe', payload: { query: 'subscription { customerEvents { type } }' } });
    await eventually('an event has come', async () => {
      await stack.execute(rename(1, 'Renamed'));
      return has('next')();
    });
    socket.terminate();
    await stack.close();
    const subscriptions = ofKind(SERVER).filter(({ parentSpanId }) => parentSpanId === PARENT_ID);
    expect(subscriptions).toMatchObject([
      { name: 'subscription', status: 0, attributes: { 'http.request.method': 'GET', 'url.path': '/graphql' } },
    ]);
  });

  it('has the id of a trusted document', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'traces-'));
    const path = join(directory, 'manifest.json');
    writeFileSync(path, JSON.stringify({ 'count-1': 'query Count { customers { totalCount } }' }));
    await start({ TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_MODE: 'log' });
    for (let time = 0; time < 4; time += 1) await stack.execute('query Count { customers { totalCount } }');
    await stack.execute('query Other { customers { totalCount } }');
    await stack.close();
    rmSync(directory, { recursive: true });
    const ids = ofKind(SERVER).map(({ attributes }) => attributes['graphql.document.id']);
    expect(ids).toEqual(['count-1', 'count-1', 'count-1', 'count-1', undefined]);
  });
});

describe('the export of traces', () => {
  it('is set up by the variables of OpenTelemetry', async () => {
    await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/own/path`,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20secret,x-tenant=a',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-tenant=b',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_SERVICE_NAME: 'shop',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=a%2Cb',
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '2',
    });
    await stack.execute(QUERY);
    await stack.close();
    expect(collector.requests).toMatchObject([
      {
        path: '/own/path',
        headers: {
          authorization: 'Bearer secret',
          'x-tenant': 'b',
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        },
        resource: { 'service.name': 'shop', 'deployment.environment.name': 'a,b', 'telemetry.sdk.language': 'nodejs' },
      },
    ]);
    for (const { attributes } of collector.spans) expect(Object.keys(attributes).length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['', 'dracoon-graphql-gateway'],
    ['service.name=from-attributes', 'from-attributes'],
  ])('names the service with OTEL_RESOURCE_ATTRIBUTES=%s', async (attributes, name) => {
    await start({ OTEL_RESOURCE_ATTRIBUTES: attributes });
    await stack.execute(QUERY);
    await stack.close();
    expect(collector.requests).toMatchObject([{ resource: { 'service.name': name } }]);
  });

  it('sends a batch as soon as it is full, and the rest at the end', async () => {
    await start({ OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '2', OTEL_BSP_SCHEDULE_DELAY: '600000' });
    for (let time = 0; time < 3; time += 1) await stack.execute(`query { customer(id: ${time + 1}) { id } }`);
    await eventually('two spans are sent', () => collector.spans.length >= 2);
    await stack.close();
    expect(ofKind(SERVER)).toHaveLength(3);
    for (const { spans } of collector.requests) expect(spans.length).toBeLessThanOrEqual(2);
  });

  it.each([429, 502, 503, 504])('is repeated after %i', async (status) => {
    await start();
    collector.failures.push(status, status);
    await stack.execute(QUERY);
    await stack.close();
    expect(collector.requests).toHaveLength(3);
    expect(ofKind(SERVER)).toHaveLength(1);
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('is given up after 401: the log says so once, and once that it works again', async () => {
    await start({ OTEL_BSP_SCHEDULE_DELAY: '1' });
    collector.failures.push(401, 401);
    for (let count = 1; count <= 3; count += 1) {
      expect((await stack.execute(QUERY)).errors).toBeUndefined();
      await eventually('it is sent', () => collector.requests.length >= count);
    }
    await stack.close();
    const told = lines.filter(({ message }) => message.startsWith('traces'));
    expect(told).toMatchObject([
      { level: 'warn', message: 'traces cannot be exported', facts: { cause: 401 } },
      { level: 'info', message: 'traces are exported again', facts: { dropped: expect.any(Number) } },
    ]);
    expect(JSON.stringify(lines)).not.toContain('127.0.0.1');
  });
});

/** Tells at the end how many files of the SDK were loaded. */
const COUNTING = `data:text/javascript,import m from 'node:module';process.on('exit',()=>console.log('SDK files:',Object.keys(m._cache).filter((p)=>p.includes('@opentelemetry/sdk-')).length))`;

it.each<[how: string, env: () => Record<string, string>, count: RegExp]>([
  ['nothing of the SDK is loaded without an endpoint', () => ({}), /SDK files: 0\n/],
  ['the SDK is loaded with one', () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }), /SDK files: [1-9]/],
])('%s', async (_, env, count) => {
  const { child, output } = startProcess({ PORT: '0', SANDBOX_CUSTOMERS: '1', ...env() }, ['--import', COUNTING]);
  await until(() => output().includes('curl '));
  await (await fetch(`${/Endpoint +(\S+)/.exec(output())?.[1] ?? ''}?query={__typename}`)).text();
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  await ended;
  expect(output()).toMatch(count);
});
