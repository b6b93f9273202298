import { ERROR_CODES } from '../../src/errors/error-codes.js';
import { promtool } from '../support/promtool.js';
import { readMetrics } from '../support/read-metrics.js';
import { startStack, type Stack } from '../support/start-stack.js';

describe('metrics of a gateway that has just started', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ env: { METRICS_PORT: '0', CACHE_TTL_SECONDS: '60' } });
  });
  afterAll(() => stack.close());

  const textOf = async (): Promise<string> => (await fetch(stack.gateway.metrics?.url ?? '')).text();

  it('count errors of each code of the closed list from 0', async () => {
    const samples = await readMetrics(stack.gateway.metrics?.url);
    const errors = [...samples].filter(([name]) => name.startsWith('gateway_errors_total'));
    expect(errors).toEqual(ERROR_CODES.map((code) => [`gateway_errors_total{code="${code}"}`, 0]));
  });

  it('have nothing that promtool complains of, before and after requests', async () => {
    expect(await promtool(['check', 'metrics'], await textOf())).toEqual({ code: 0, output: '' });
    for (const query of [
      '{ customers(first: 2) { nodes { id users { totalCount } } } }',
      '{ customer(id: "x") { id } }',
    ]) {
      for (let time = 0; time < 4; time += 1) await stack.execute(query);
    }
    expect(await promtool(['check', 'metrics'], await textOf())).toEqual({ code: 0, output: '' });
  });
});

describe('alerts', () => {
  it('are sound, and see the first fault', async () => {
    expect(await promtool(['check', 'rules', 'deploy/monitoring/alerts.yaml'])).toMatchObject({ code: 0 });
    const { code, output } = await promtool(['test', 'rules', 'test/telemetry/alert-rules.yaml']);
    expect([code, output]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });
});
