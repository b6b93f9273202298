import { Gauge, type Registry } from 'prom-client';
import type { GatewayHooks } from '../gateway-hooks.js';
import type { RequestSink } from '../request-observer.js';
import { Durations } from './durations.js';
import { createOperationLabels } from './operation-labels.js';
import { createTally, type Count } from './tally.js';
import { toUpstreamOutcome } from './upstream-outcome.js';

function createRequestSink(registers: Registry[]): RequestSink {
  const labelOf = createOperationLabels();
  const duration = new Durations(
    registers,
    'gateway_request_duration_seconds',
    'From the arrival of a request for an operation to its answer; without subscriptions.',
    'operation',
  );
  const requests = createTally(
    registers,
    'gateway_requests_total',
    'Requests for operations by how they were answered and the HTTP status.',
    ['way', 'status'],
  );
  const errors = createTally(
    registers,
    'gateway_errors_total',
    'Answers by the codes of their errors, each code once for an answer.',
    ['code'],
  );

  return (finished) => {
    const { trace, milliseconds, httpStatus, errorCodes, hasJoined } = finished;
    if (trace?.operation?.type !== 'subscription') {
      duration.add(labelOf(finished), milliseconds / 1_000);
    }
    const own = trace?.isCompiled ? 'compiled' : 'full';
    const way = trace?.operation?.type === undefined ? 'refused' : hasJoined ? 'joined' : own;
    requests(way, httpStatus === undefined ? 'gone' : String(httpStatus));
    for (const code of errorCodes) errors(code);
  };
}

/** What is counted as it happens. */
export function createEventMetrics(registry: Registry): { sink: RequestSink; hooks: GatewayHooks } {
  const registers = [registry];
  const upstreamDuration = new Durations(
    registers,
    'gateway_upstream_request_duration_seconds',
    'From sending an upstream request to the last byte of its answer, each attempt by itself.',
    'operation_id',
  );
  const count = (name: string, help: string, labelNames: readonly string[]): Count =>
    createTally(registers, name, help, labelNames);
  const upstreamRequests = count('gateway_upstream_requests_total', 'Upstream requests, each attempt by itself.', [
    'operation_id',
    'outcome',
  ]);
  const retries = count('gateway_upstream_retries_total', 'Upstream reads that were sent again.', ['operation_id']);
  const plans = count('gateway_plans_total', 'Batches of keys by how they were read.', ['strategy']);
  const cacheReads = count('gateway_cache_reads_total', 'Look-ups in the cache.', ['entity', 'result']);
  const shed = count('gateway_requests_shed_total', 'Requests refused with OVERLOADED before they were run.', [
    'reason',
  ]);
  const rateLimited = count('gateway_rate_limited_total', 'Requests refused by the rate limit.', []);
  const deliveries = count('gateway_webhook_deliveries_total', 'Webhook deliveries by what became of them.', [
    'outcome',
  ]);
  const deprecated = count('gateway_deprecated_usage_total', 'Requests that used what the schema deprecates.', [
    'coordinate',
  ]);
  const subscriptions = new Gauge({ name: 'gateway_subscriptions', help: 'Subscriptions that are open.', registers });

  return {
    sink: createRequestSink(registers),
    hooks: {
      upstreamSettled(operationId, failure, milliseconds) {
        upstreamDuration.add(operationId, milliseconds / 1_000);
        upstreamRequests(operationId, toUpstreamOutcome(failure));
      },
      upstreamRetried: (operationId) => retries(operationId),
      planned: (strategy) => plans(strategy),
      cacheRead: (entity, result) => cacheReads(entity, result),
      shed: (reason) => shed(reason),
      rateLimited: () => rateLimited(),
      webhookReceived: (outcome) => deliveries(outcome),
      deprecatedUsed: (coordinate) => deprecated(coordinate),
      subscriptionBegan() {
        subscriptions.inc();
        return () => subscriptions.dec();
      },
    },
  };
}
