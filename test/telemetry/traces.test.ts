import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { recordLog } from '../support/log-lines.js';
import { startCollector, type CollectedSpan, type Collector } from '../support/start-collector.js';
import { startStack, type Stack } from '../support/start-stack.js';

const QUERY = 'query Named { a: customer(id: 5) { id } b: customer(id: 6) { id } c: customer(id: 7) { id } }';
const CREDENTIAL = { 'x-sds-service-token': SANDBOX_TOKENS.first };
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT_ID = '00f067aa0ba902b7';
const [SERVER, INTERNAL, CLIENT] = [2, 1, 3];

let collector: Collector;
let stack: Stack;
const { lines, logger } = recordLog();

beforeEach(async () => {
  lines.length = 0;
  collector = await startCollector();
});
afterEach(() => collector.close());

async function start(env: Record<string, string> = {}): Promise<void> {
  stack = await startStack({ logger, env: { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/otlp/`, ...env } });
}

const attributesOf = ({ attributes }: CollectedSpan): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
const ofKind = (kind: number | undefined): CollectedSpan[] => collector.spans.filter((span) => span.kind === kind);

describe('a trace', () => {
  it('has spans for the operation, its plans and its upstream calls, in the trace of the client', async () => {
    await start({ OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20secret', OTEL_SERVICE_NAME: 'shop' });
    await stack.execute(QUERY, {}, { ...CREDENTIAL, traceparent: `00-${TRACE_ID}-${PARENT_ID}-01`, tracestate: 'a=1' });
    await stack.close();

    expect(collector.requests).toMatchObject([
      { path: '/otlp/v1/traces', headers: { authorization: 'Bearer secret' }, serviceName: 'shop' },
    ]);
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE_ID]));
    const [operation] = ofKind(SERVER);
    expect(operation).toMatchObject({ name: 'query Named', parentSpanId: PARENT_ID, traceState: 'a=1', status: {} });
    expect(attributesOf(operation as CollectedSpan)).toMatchObject({
      'graphql.operation.name': 'Named',
      'graphql.operation.type': 'query',
      'http.response.status_code': '200',
    });

    const plans = ofKind(INTERNAL);
    expect(plans.length).toBeGreaterThan(0);
    expect(attributesOf(plans[0] as CollectedSpan)).toMatchObject({ 'gateway.plan.keys': '3' });
    const calls = ofKind(CLIENT);
    const sent = stack.sandbox.log.all();
    expect(sent.length).toBeGreaterThan(0);
    expect(calls.map(({ spanId, name }) => [name, `00-${TRACE_ID}-${spanId}-01`]).sort()).toEqual(
      sent.map(({ operationId, headers }) => [operationId, headers['traceparent']]).sort(),
    );
    for (const { headers } of sent) expect(headers['tracestate']).toBe('a=1');
    for (const span of [...plans, ...calls]) {
      expect(span.parentSpanId).toBe(operation?.spanId);
      expect(BigInt(span.startTimeUnixNano) >= BigInt(operation?.startTimeUnixNano ?? 0)).toBe(true);
      expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
      expect(BigInt(span.endTimeUnixNano) <= BigInt(operation?.endTimeUnixNano ?? 0)).toBe(true);
    }
    expect(Math.abs(Number(operation?.endTimeUnixNano) / 1e6 - Date.now())).toBeLessThan(60_000);
  });

  it('begins here where the request belongs to none, and tells what failed, compiled or refused', async () => {
    await start();
    stack.sandbox.faults.add({ action: { kind: 'respond', status: 404 } });
    for (let time = 0; time < 3; time += 1)
      await stack.execute('query Gone { customer(id: 5) { users { totalCount } } }');
    stack.sandbox.faults.clear();
    stack.sandbox.faults.add({ action: { kind: 'respond', status: 500 } });
    await stack.execute('query Broken { customers { totalCount } }');
    await stack.execute('query Refused { customers { totalCount } }', {}, { 'x-sds-service-token': 'a b' });
    await stack.close();

    const operations = ofKind(SERVER);
    expect(new Set(operations.map(({ traceId }) => traceId)).size).toBe(operations.length);
    expect(operations.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
      ['query Gone', undefined],
      ['query Gone', undefined],
      ['query Gone', undefined],
      ['query Broken', undefined],
      ['request refused', undefined],
    ]);
    expect(operations.slice(0, 3).map((span) => attributesOf(span)['gateway.compiled'])).toEqual([false, false, true]);
    const failed = operations.slice(3);
    expect(failed.map(({ status }) => status.code)).toEqual([2, 2]);
    expect(failed.map((span) => attributesOf(span)['error.type'])).toEqual(['UPSTREAM_ERROR', 'BAD_REQUEST']);
    const broken = ofKind(CLIENT).filter(({ name }) => name === 'requestCustomers');
    expect(broken.map((span) => [attributesOf(span)['error.type'], span.status.code])).toEqual([['500', 2]]);
    expect(JSON.stringify(collector.spans)).not.toMatch(new RegExp(`${SANDBOX_TOKENS.first}|127\\.0\\.0\\.1`));
  });

  it('that the client does not sample is handed on and not recorded', async () => {
    await start();
    const traceparent = `00-${TRACE_ID}-${PARENT_ID}-00`;
    await stack.execute(QUERY, {}, { ...CREDENTIAL, traceparent });
    await stack.close();
    expect(collector.requests).toEqual([]);
    for (const { headers } of stack.sandbox.log.all()) expect(headers['traceparent']).toBe(traceparent);
  });

  it('is left to its client with OTEL_TRACES_SAMPLER_ARG=0', async () => {
    await start({ OTEL_TRACES_SAMPLER_ARG: '0' });
    await stack.execute(QUERY);
    await stack.execute(
      'query Sampled { customer(id: 5) { id } }',
      {},
      { ...CREDENTIAL, traceparent: `00-${TRACE_ID}-${PARENT_ID}-01` },
    );
    await stack.close();
    expect(ofKind(SERVER).map(({ name }) => name)).toEqual(['query Sampled']);
  });

  it('is lost with a collector that fails, and nothing else', async () => {
    await start();
    collector.status = 503;
    expect((await stack.execute(QUERY)).errors).toBeUndefined();
    await stack.close();
    expect(lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
      'traces cannot be exported',
    ]);
    expect(JSON.stringify(lines)).not.toContain('127.0.0.1');
  });
});
