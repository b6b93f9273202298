import { Gauge, type Registry } from 'prom-client';

/** What there is to read at any time. */
export interface GatewayState {
  circuitIsOpen(): boolean;
  upstreamRequestsUnderWay(): number;
  upstreamRequestsWaiting(): number;
  upstreamRequestLimit(): number;
  liveConnections(): number;
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
}
