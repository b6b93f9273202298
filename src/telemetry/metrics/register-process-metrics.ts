import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

/** Not as quantiles: that label is for summaries. */
const PERCENTILES = [50, 99, 100];
const RESOLUTION_MS = 20;

/** What the process takes. Measures the event loop until closed. */
export function registerProcessMetrics(registry: Registry): { close(): void } {
  const registers = [registry];
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  new Gauge({
    name: 'gateway_event_loop_delay_seconds',
    help: 'How late the event loop was since the metrics were last read.',
    labelNames: ['percentile'],
    registers,
    collect() {
      for (const percentile of PERCENTILES) {
        const lateMs = delays.count === 0 ? 0 : delays.percentile(percentile) / 1e6 - RESOLUTION_MS;
        this.set({ percentile: String(percentile) }, Math.max(0, lateMs) / 1_000);
      }
      delays.reset();
    },
  });
  new Counter({
    name: 'gateway_process_cpu_seconds_total',
    help: 'CPU time of the process, user and system.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  new Gauge({
    name: 'gateway_process_resident_memory_bytes',
    help: 'Resident memory of the process.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: 'gateway_process_heap_used_bytes',
    help: 'Used part of the JavaScript heap.',
    registers,
    collect() {
      this.set(process.memoryUsage().heapUsed);
    },
  });
  new Gauge({
    name: 'gateway_process_start_time_seconds',
    help: 'When the process started, in seconds of the epoch.',
    registers,
  }).set(performance.timeOrigin / 1_000);
  return { close: () => delays.disable() };
}
