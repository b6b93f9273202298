import { Counter, Gauge, type Registry } from 'prom-client';

/** What there is to read at any time. */
export interface GatewayState {
  /** What readiness depends on, each with its share: 1 if it is ready, 0.5 if degraded, 0 if unavailable. */
  readiness(): readonly { check: string; share: number }[];
  circuitIsOpen(): boolean;
  upstreamRequestsUnderWay(): number;
  upstreamRequestsWaiting(): number;
  upstreamRequestsOnTrial(): number;
  upstreamRequestLimit(): number;
  liveConnections(): number;
  /** How often answers had fields that the upstream's document lacks; a bounded number of them. */
  unknownFields(): readonly { operationId: string; field: string; count: number }[];
  /** How often fields were read with a value of a form that is not the documented one. */
  unverifiedValues(): readonly { field: string; count: number }[];
}

/** What is read when someone asks for it. */
export function registerStateMetrics(registry: Registry, state: GatewayState): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  new Gauge({
    name: 'gateway_readiness',
    help: 'What readiness depends on: 1 if the check says ready, 0.5 if degraded, 0 if unavailable.',
    labelNames: ['check'],
    registers: [registry],
    collect() {
      for (const { check, share } of state.readiness()) this.set({ check }, share);
    },
  });
  gauge('gateway_circuit_open', '1 while the circuit breaker of the upstream is open, else 0.', () =>
    Number(state.circuitIsOpen()),
  );
  gauge('gateway_upstream_in_flight', 'Upstream requests in progress.', state.upstreamRequestsUnderWay);
  gauge('gateway_upstream_queue_depth', 'Upstream requests that wait in the queue.', state.upstreamRequestsWaiting);
  gauge(
    'gateway_upstream_trial_queue_depth',
    'Upstream requests that wait until the upstream has accepted their credential.',
    state.upstreamRequestsOnTrial,
  );
  gauge(
    'gateway_upstream_concurrency_limit',
    'The lowest limit in force for concurrent upstream requests; falls if the upstream answers 429.',
    state.upstreamRequestLimit,
  );
  gauge('gateway_live_connections', 'Connections for subscriptions that are open.', state.liveConnections);
  new Counter({
    name: 'gateway_upstream_unknown_fields_total',
    help: "Sampled answers with a field that the upstream's document lacks.",
    labelNames: ['operation_id', 'field'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { operationId, field, count } of state.unknownFields()) {
        this.inc({ operation_id: operationId, field }, count);
      }
    },
  });
  new Counter({
    name: 'gateway_upstream_unverified_values_total',
    help: 'Values of the upstream that were passed on although their form is not the documented one.',
    labelNames: ['field'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { field, count } of state.unverifiedValues()) this.inc({ field }, count);
    },
  });
}
