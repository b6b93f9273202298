import { once } from 'node:events';
import { eventually } from '../support/eventually.js';
import { findFreePort } from '../support/free-port.js';
import { readMetrics } from '../support/read-metrics.js';
import { startProcess, until } from '../support/start-process.js';

describe('METRICS_PORT with WORKERS=2', () => {
  it('serves what each worker measured, told apart', async () => {
    const port = await findFreePort();
    const { child, output } = startProcess({
      PORT: '0',
      WORKERS: '2',
      METRICS_PORT: String(port),
      SANDBOX_CUSTOMERS: '10',
      UPSTREAM_CHECK_SECONDS: '0',
    });
    const exit = once(child, 'exit');
    try {
      await until(() => output().split('"a worker listens"').length > 2);
      const endpoint = /Endpoint +(\S+)/.exec(output())?.[1] ?? '';
      const ask = (): Promise<Response> =>
        fetch(endpoint, {
          method: 'POST',
          headers: { 'content-type': 'application/json', connection: 'close' },
          body: JSON.stringify({ query: '{ customers { totalCount } }' }),
        });
      for (let time = 0; time < 8; time += 1) expect((await ask()).status).toBe(200);
      await eventually('both workers tell of their requests', async () => {
        const samples = await readMetrics(`http://127.0.0.1:${port}/metrics`);
        const counts = [1, 2].map((worker) =>
          [...samples]
            .filter(([name]) => name.startsWith('gateway_requests_total') && name.includes(`worker="${worker}"`))
            .reduce((sum, [, value]) => sum + value, 0),
        );
        return counts.every((count) => count > 0) && counts.reduce((sum, count) => sum + count) === 8;
      });
    } finally {
      child.kill('SIGTERM');
    }
    expect((await exit)[0]).toBe(0);
  });
});
