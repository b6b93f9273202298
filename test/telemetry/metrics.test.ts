import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { allowCircuits } from '../support/start-gateway.js';
import { deliver, envelopeOf, EVENT_TYPE, WEBHOOK_SECRET } from '../support/deliver.js';
import { eventually } from '../support/eventually.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { readMetrics, type Samples } from '../support/read-metrics.js';
import { startStack, type Stack } from '../support/start-stack.js';

allowCircuits();

const QUERY = 'query Named { customer(id: 5) { id } }';

let stack: Stack;
beforeEach(async () => {
  stack = await startStack({
    env: {
      METRICS_PORT: '0',
      RATE_LIMIT_PER_MINUTE: '40',
      CACHE_TTL_SECONDS: 'user=60',
      WEBHOOK_SECRETS: WEBHOOK_SECRET,
      UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
    },
  });
});
afterEach(() => stack.close());

const read = (): Promise<Samples> => readMetrics(stack.gateway.metrics?.url);

describe('metrics', () => {
  it('are served apart from the endpoint, and at one path', async () => {
    const { url, metrics } = stack.gateway;
    const metricsUrl = metrics?.url ?? '';
    expect(new URL(metricsUrl).port).not.toBe(new URL(url).port);
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    const response = await fetch(metricsUrl);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect((await fetch(metricsUrl, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(metricsUrl, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${metricsUrl}/else`)).status).toBe(404);
  });

  it('count requests by how they were answered, their duration by operation, and errors by code', async () => {
    for (let time = 0; time < 3; time += 1) await stack.execute(QUERY);
    await stack.execute('{ customer(id: "x") { id } }');
    await stack.execute('query Refused { customer(id: 5) { id } }', {}, {});
    const samples = await read();
    const counted = [...samples].filter(([name, value]) => /^gateway_(requests_total|errors)/.test(name) && value > 0);
    expect(Object.fromEntries(counted)).toEqual({
      'gateway_requests_total{way="full",status="200"}': 3,
      'gateway_requests_total{way="full",status="401"}': 1,
      'gateway_requests_total{way="compiled",status="200"}': 1,
      'gateway_errors_total{code="BAD_USER_INPUT"}': 1,
      'gateway_errors_total{code="UNAUTHENTICATED"}': 1,
    });
    const counts = [...samples].filter(([name]) => name.startsWith('gateway_request_duration_seconds_count'));
    expect(Object.fromEntries(counts)).toEqual({
      'gateway_request_duration_seconds_count{operation="Named"}': 3,
      'gateway_request_duration_seconds_count{operation="anonymous"}': 1,
      'gateway_request_duration_seconds_count{operation="other"}': 1,
    });
    expect(samples.get('gateway_request_duration_seconds_sum{operation="Named"}')).toBeGreaterThan(0);
  });

  it('have no label that callers chose whose credential the upstream has not accepted', async () => {
    for (let n = 0; n < 30; n += 1) {
      const stranger = { 'x-sds-service-token': `made-up-${n % 2}` };
      const { errors } = await stack.execute(`query Evil${n} { upstreamVersion { restApiVersion } }`, {}, stranger);
      expect(errors).toBeUndefined();
    }
    await stack.execute('query Evil { customers { totalCount } }', {}, { 'x-sds-service-token': 'made-up-2' });
    for (let time = 0; time < 4; time += 1) await stack.execute(QUERY);
    const counts = [...(await read())].filter(([name]) => name.startsWith('gateway_request_duration_seconds_count'));
    expect(Object.fromEntries(counts)).toEqual({
      'gateway_request_duration_seconds_count{operation="other"}': 31,
      'gateway_request_duration_seconds_count{operation="Named"}': 4,
    });
  });

  it('count upstream requests, each attempt by itself, with retries, plans and look-ups in the cache', async () => {
    const customer = { operationId: 'requestCustomer' };
    stack.sandbox.faults.add({ match: customer, times: 1, action: { kind: 'respond', status: 503 } });
    await stack.execute(QUERY);
    stack.sandbox.faults.add({ match: customer, times: 1, action: { kind: 'respond', status: 418 } });
    await stack.execute(QUERY);
    for (let time = 0; time < 2; time += 1)
      await stack.execute('{ customer(id: 6) { users(first: 1) { totalCount } } }');
    const samples = await read();
    const requests = samples.get('gateway_upstream_requests_total{operation_id="requestCustomer",outcome="ok"}') ?? 0;
    expect(requests).toBeGreaterThan(0);
    expect(
      Object.fromEntries([...samples].filter(([name]) => /upstream_re(quests|tries)_|plans|cache_reads/.test(name))),
    ).toEqual({
      'gateway_upstream_requests_total{operation_id="requestCustomer",outcome="503"}': 1,
      'gateway_upstream_requests_total{operation_id="requestCustomer",outcome="4xx"}': 1,
      'gateway_upstream_requests_total{operation_id="requestCustomer",outcome="ok"}': requests,
      'gateway_upstream_requests_total{operation_id="requestCustomerUsers",outcome="ok"}': 1,
      'gateway_upstream_retries_total{operation_id="requestCustomer"}': 1,
      'gateway_plans_total{strategy="single"}': requests + 1,
      'gateway_cache_reads_total{entity="user",result="miss"}': 1,
      'gateway_cache_reads_total{entity="user",result="hit"}': 1,
    });
    expect(stack.sandbox.log.all()).toHaveLength(requests + 3);
  });

  it('tell the state of the circuit and of the queue, and what the process takes', async () => {
    freezeClocks();
    stack.sandbox.faults.add({ action: { kind: 'respond', status: 500 } });
    for (let time = 0; time < 10; time += 1) await stack.execute(QUERY);
    const samples = await read();
    expect(samples.get('gateway_circuit_open')).toBe(1);
    expect(samples.get('gateway_upstream_in_flight')).toBe(0);
    expect(samples.get('gateway_upstream_queue_depth')).toBe(0);
    expect(samples.get('gateway_upstream_concurrency_limit')).toBe(256);
    expect(samples.get('gateway_process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(samples.get('gateway_process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
    expect(samples.get('gateway_event_loop_delay_seconds{percentile="99"}')).toBeGreaterThanOrEqual(0);
  });

  it('count what the rate limit refuses', async () => {
    freezeClocks();
    for (let time = 0; time < 43; time += 1) await stack.execute('{ __typename }');
    const samples = await read();
    expect(samples.get('gateway_rate_limited_total')).toBeGreaterThan(0);
    expect(samples.get('gateway_requests_total{way="refused",status="429"}')).toBe(
      samples.get('gateway_rate_limited_total'),
    );
  });

  it('count deliveries of webhooks by the outcome of them', async () => {
    const body = envelopeOf(EVENT_TYPE.customerCreated);
    for (let time = 0; time < 2; time += 1) expect((await deliver(stack.gateway, body)).status).toBe(200);
    expect((await deliver(stack.gateway, body, 'SHA256=no')).status).toBe(401);
    const samples = [...(await read())].filter(([name]) => name.startsWith('gateway_webhook'));
    expect(Object.fromEntries(samples)).toEqual({
      'gateway_webhook_deliveries_total{outcome="done"}': 1,
      'gateway_webhook_deliveries_total{outcome="replayed"}': 1,
      'gateway_webhook_deliveries_total{outcome="refused"}': 1,
    });
  });

  it('count requests that use what is deprecated, and fields that the upstream has come to answer', async () => {
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomer' },
      action: { kind: 'transform', transform: (json) => ({ ...(json as object), newField: 1 }) },
    });
    for (let time = 0; time < 3; time += 1) await stack.execute('query Old { customer(id: 5) { lockStatus } }');
    const samples = [...(await read())].filter(([name]) => /^gateway_(deprecated|upstream_unknown)/.test(name));
    expect(Object.fromEntries(samples)).toEqual({
      'gateway_deprecated_usage_total{coordinate="Customer.lockStatus"}': 3,
      'gateway_upstream_unknown_fields_total{operation_id="requestCustomer",field="Customer.newField"}': 1,
    });
  });

  it('count subscriptions while they are open, and no longer', async () => {
    const abort = new AbortController();
    const response = await fetch(`${stack.gateway.url}/graphql/stream`, {
      method: 'POST',
      signal: abort.signal,
      headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
      body: JSON.stringify({ query: 'subscription { customerEvents { type } }' }),
    });
    expect(response.status).toBe(200);
    expect((await read()).get('gateway_subscriptions')).toBe(1);
    expect((await read()).get('gateway_live_connections')).toBe(1);
    abort.abort();
    await eventually('the subscription is over', async () => (await read()).get('gateway_subscriptions') === 0);
    expect((await read()).get('gateway_requests_total{way="full",status="200"}')).toBe(1);
    expect((await read()).has('gateway_request_duration_seconds_count{operation="anonymous"}')).toBe(false);
  });
});
