import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { ERROR_CODES } from '../../errors/error-codes.js';
import type { AllHooks } from '../operation-trace.js';
import type { RequestSink } from '../request-observer.js';
import type { OperationLabels } from './operation-labels.js';
import { toUpstreamOutcome } from './upstream-outcome.js';

/** From what a cache answers to the longest that an operation may take by default. */
const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

function createRequestSink(registry: Registry, labelOf: OperationLabels): RequestSink {
  const registers = [registry];
  const duration = new Histogram({
    name: 'gateway_request_duration_seconds',
    help: 'Duration from the arrival of a request for an operation to its response; without subscriptions.',
    labelNames: ['operation'],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  const requests = new Counter({
    name: 'gateway_requests_total',
    help: 'Requests for operations by how they were answered and the HTTP status.',
    labelNames: ['way', 'status'],
    registers,
  });
  const errors = new Counter({
    name: 'gateway_errors_total',
    help: 'Answers by the codes of their errors, each code once for an answer.',
    labelNames: ['code'],
    registers,
  });
  // Prometheus sees an increase only between two values.
  for (const code of ERROR_CODES) errors.inc({ code }, 0);

  return (finished) => {
    const { trace, milliseconds, httpStatus, errorCodes, hasJoined } = finished;
    if (trace?.operation?.type !== 'subscription') {
      duration.observe({ operation: labelOf(finished) }, milliseconds / 1_000);
    }
    const own = trace?.isCompiled ? 'compiled' : 'full';
    const way = trace?.operation?.type === undefined ? 'refused' : hasJoined ? 'joined' : own;
    requests.inc({ way, status: httpStatus === undefined ? 'gone' : String(httpStatus) });
    for (const code of errorCodes) errors.inc({ code });
  };
}

/** What is counted as it happens. */
export function createEventMetrics(
  registry: Registry,
  labelOf: OperationLabels,
): { sink: RequestSink; hooks: AllHooks } {
  const registers = [registry];
  const count = <L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> =>
    new Counter({ name, help, labelNames, registers });
  const upstreamDuration = new Histogram({
    name: 'gateway_upstream_request_duration_seconds',
    help: 'From sending an upstream request to the last byte of its answer, each attempt by itself.',
    labelNames: ['operation_id'],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  const upstreamRequests = count(
    'gateway_upstream_requests_total',
    'Upstream requests, each attempt by itself.',
    'operation_id',
    'outcome',
  );
  const retries = count('gateway_upstream_retries_total', 'Upstream reads that were sent again.', 'operation_id');
  const plans = count('gateway_plans_total', 'Batches of keys by how they were read.', 'strategy');
  const cacheReads = count('gateway_cache_reads_total', 'Look-ups in the cache.', 'entity', 'result');
  const shed = count(
    'gateway_requests_shed_total',
    'Requests rejected with OVERLOADED before they were executed.',
    'reason',
  );
  const rateLimited = count('gateway_rate_limited_total', 'Requests rejected by the rate limit.');
  const deliveries = count('gateway_webhook_deliveries_total', 'Webhook deliveries by their outcome.', 'outcome');
  const keyFetches = count(
    'gateway_key_fetches_total',
    "Fetches of a token issuer's keys by their outcome.",
    'outcome',
  );
  const deprecated = count(
    'gateway_deprecated_usage_total',
    'Requests that used deprecated elements of the schema.',
    'coordinate',
  );
  const subscriptions = new Gauge({ name: 'gateway_subscriptions', help: 'Subscriptions that are open.', registers });

  return {
    sink: createRequestSink(registry, labelOf),
    hooks: {
      upstreamSettled(operationId, failure, milliseconds) {
        upstreamDuration.observe({ operation_id: operationId }, milliseconds / 1_000);
        upstreamRequests.inc({ operation_id: operationId, outcome: toUpstreamOutcome(failure) });
      },
      upstreamRetried: (operationId) => retries.inc({ operation_id: operationId }),
      planned: (strategy) => plans.inc({ strategy }),
      cacheRead: (entity, result) => cacheReads.inc({ entity, result }),
      shed: (reason) => shed.inc({ reason }),
      rateLimited: () => rateLimited.inc(),
      webhookReceived: (outcome) => deliveries.inc({ outcome }),
      keysFetched: (outcome) => keyFetches.inc({ outcome }),
      deprecatedUsed: (coordinate) => deprecated.inc({ coordinate }),
      subscriptionBegan() {
        subscriptions.inc();
        return () => subscriptions.dec();
      },
    },
  };
}
