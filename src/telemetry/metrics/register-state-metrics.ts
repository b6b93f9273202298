import { Counter, Gauge, type Registry } from 'prom-client';

/** What there is to read at any time. */
export interface GatewayState {
  circuitIsOpen(): boolean;
  upstreamRequestsUnderWay(): number;
  upstreamRequestsWaiting(): number;
  upstreamRequestLimit(): number;
  liveConnections(): number;
  /** How often answers had fields that the upstream's document lacks; a bounded number of them. */
  unknownFields(): readonly { operationId: string; field: string; count: number }[];
}

/** What is read when somebody asks for it. */
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
  gauge('gateway_circuit_open', '1 while the circuit to the upstream is open, else 0.', () =>
    Number(state.circuitIsOpen()),
  );
  gauge('gateway_upstream_in_flight', 'Upstream requests under way.', state.upstreamRequestsUnderWay);
  gauge('gateway_upstream_queue_depth', 'Upstream requests that wait for their turn.', state.upstreamRequestsWaiting);
  gauge(
    'gateway_upstream_concurrency_limit',
    'Upstream requests that may be under way; falls where the upstream answers 429.',
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
}
