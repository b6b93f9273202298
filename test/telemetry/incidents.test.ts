import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { FaultAction, FaultRule } from '../../src/sandbox/faults.js';
import type { LoggedRequest } from '../../src/sandbox/request-log.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import type { Logger } from '../../src/telemetry/logger.js';
import { allowCircuits } from '../support/start-gateway.js';
import { eventually } from '../support/eventually.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { promtool } from '../support/promtool.js';
import { readMetrics, type Samples } from '../support/read-metrics.js';
import { describeWithRedis, startRedisServer } from '../support/redis-server.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { startTokenIssuer } from '../support/token-issuer.js';

allowCircuits();

/** Rates look back five minutes, and the longest alert of the table waits for five. */
const MINUTES = { healthy: 6, failing: 15 };
const REQUESTS_A_MINUTE = 5;

/** A gateway and what befalls it. */
interface Sender {
  stack: Stack;
  headers?: Record<string, string>;
  /** The upstream may keep silent: the gateway judges by the clock that it has waited in vain. */
  hangs?: boolean;
}

interface Scene extends Sender {
  strike(): unknown;
  /** What readiness finds out by itself: checks and their statuses. It takes two looks, of a second each here. */
  noticed?: Record<string, string>;
  /** Ends what the stack does not. */
  end?(): Promise<unknown>;
}

type Begin = (logger: Logger) => Promise<Scene>;

const start = (logger: Logger, env: Record<string, string> = {}): Promise<Stack> =>
  startStack({
    env: { METRICS_PORT: '0', UPSTREAM_CHECK_SECONDS: '1', RATE_LIMIT_PER_MINUTE: '0', ...env },
    logger,
  });

/** Readiness asks for the version as well, which needs no token. */
const CUSTOMERS = { path: /customers/ };

interface StruckOptions extends Pick<Scene, 'noticed' | 'hangs'> {
  match?: FaultRule['match'];
  env?: Record<string, string>;
}

/** Upstream requests meet a fault. */
const struck =
  (action: FaultAction, { match = CUSTOMERS, env, ...others }: StruckOptions = {}): Begin =>
  async (logger) => {
    const stack = await start(logger, env);
    return { stack, strike: () => stack.sandbox.faults.add({ action, match }), ...others };
  };

const html = (status: number): FaultAction => ({
  kind: 'respond',
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html>Maintenance</html>',
});
const status = (code: number): FaultAction => ({
  kind: 'respond',
  status: code,
  // Nothing is to wait.
  headers: { 'retry-after': '0' },
  body: { code },
});

/** However busy the machine is, as many requests fall into the windows of circuits and budgets. */
const MILLISECONDS_A_REQUEST = 10;
const TIMEOUT_MS = 100;
let clocks: ReturnType<typeof freezeClocks>;

async function execute({ stack, headers, hangs }: Sender, id: number): Promise<void> {
  let silent: LoggedRequest | undefined;
  const watch = (): void => {
    const last = stack.sandbox.log.all().at(-1);
    if (last === silent || last?.finishedAt !== null) return;
    silent = last;
    clocks.advance(TIMEOUT_MS);
  };
  const watching = hangs && setInterval(watch, 1);
  await stack
    .execute(`{ customer(id: ${id}) { companyName } }`, {}, headers)
    .finally(() => watching && clearInterval(watching));
  clocks.advance(MILLISECONDS_A_REQUEST);
}

/** Callers with tokens of an issuer. Its keys are fetched with this status. */
async function withIssuer(logger: Logger, keysStatus: number) {
  const issuer = await startTokenIssuer();
  issuer.status = keysStatus;
  const stack = await start(logger, issuer.env);
  return { issuer, stack, headers: await issuer.bearer({ scope: 'customers:read' }), end: () => issuer.goDown() };
}

/** By the rows of the table in docs/observability.md. */
const INCIDENTS: Readonly<Record<string, Begin>> = {
  None: async (logger) => ({ stack: await start(logger), strike: () => undefined }),
  'Every call gets 429': struck(status(429)),
  'A maintenance page answers 404 with HTML': struck(html(404), { noticed: { calls: 'unavailable' } }),
  'A maintenance page answers 200 with HTML': struck(html(200)),
  'Every call gets 500': struck(status(500)),
  'The upstream is unreachable': struck({ kind: 'reset' }, { match: {}, noticed: { upstream: 'unavailable' } }),
  'The upstream does not answer in time': struck(
    { kind: 'hang' },
    { hangs: true, env: { UPSTREAM_TIMEOUT_MS: String(TIMEOUT_MS) } },
  ),
  "The gateway's own token is revoked, on which all callers rely": async (logger) => {
    const scene = await withIssuer(logger, 200);
    const { faults } = scene.stack.sandbox;
    const noticed = { credential: 'unavailable' };
    return { ...scene, strike: () => faults.add({ match: CUSTOMERS, action: status(401) }), noticed };
  },
  "The gateway's own token is revoked, callers bring theirs": struck(status(401), {
    match: { token: SANDBOX_TOKENS.second },
    env: { UPSTREAM_TOKEN: SANDBOX_TOKENS.second, WEBHOOK_SECRETS: 'a-secret-that-is-long-enough' },
    noticed: { credential: 'degraded' },
  }),
  'The keys of the token issuer cannot be fetched': async (logger) => {
    const scene = await withIssuer(logger, 500);
    const { stack, issuer, headers } = scene;
    const isFetchedAgain = async (): Promise<boolean> => {
      await execute({ stack, headers }, 1);
      return issuer.fetches > 2;
    };
    return { ...scene, strike: () => eventually('keys are fetched again', isFetchedAgain) };
  },
  "The upstream refuses every caller's token": struck(status(401)),
  "Every caller exceeds the gateway's rate limit": async (logger) => ({
    stack: await start(logger, { RATE_LIMIT_PER_MINUTE: '30' }),
    strike: () => undefined,
  }),
  'Redis is unavailable': async (logger) => {
    const server = await startRedisServer();
    const stack = await start(logger, { REDIS_URL: server.url });
    return { stack, strike: () => server.kill(), noticed: { redis: 'degraded' }, end: () => server.close() };
  },
};

interface Row {
  incident: string;
  alerts: readonly string[];
  line: string | undefined;
  metric: string | undefined;
}

const codeIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

const ROWS: readonly Row[] = (
  /^## Incidents$(.*?)^## /ms.exec(readFileSync('docs/observability.md', 'utf8'))?.[1] ?? ''
)
  .split('\n')
  .filter((line) => /^\| (?!Incident |---)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, incident = '', alerts = '', line = '', metric = '']) => ({
    incident,
    alerts: codeIn(alerts).sort(),
    line: codeIn(line)[0],
    metric: codeIn(metric)[0],
  }));

interface Recording {
  /** Of each minute. */
  samples: readonly Samples[];
  lines: readonly string[];
}

/** Waits until readiness says so of its checks. */
function untilNoticed({ gateway }: Stack, noticed: Record<string, string>): Promise<void> {
  return eventually(`readiness says ${JSON.stringify(noticed)}`, async () => {
    clocks.advance(MILLISECONDS_A_REQUEST);
    const { checks } = (await (await fetch(`${gateway.url}/health/ready`)).json()) as {
      checks: Record<string, { status: string }>;
    };
    return Object.entries(noticed).every(([name, expected]) => checks[name]?.status === expected);
  });
}

/** A quarter of an hour of an incident, after some minutes without it. Nothing waits for the minutes to pass. */
async function record(begin: Begin): Promise<Recording> {
  const lines: string[] = [];
  const note = (_facts: object, message: string): void => void lines.push(message);
  const scene = await begin({ info: () => undefined, warn: note, error: note });
  const { stack, strike, noticed = {}, end } = scene;
  const samples: Samples[] = [];
  const passMinutes = async (count: number): Promise<void> => {
    for (let minute = 0; minute < count; minute += 1) {
      for (let id = 1; id <= REQUESTS_A_MINUTE; id += 1) {
        await execute(scene, id);
      }
      samples.push(await readMetrics(stack.gateway.metrics?.url));
    }
  };
  try {
    await untilNoticed(stack, { upstream: 'ready' });
    await passMinutes(MINUTES.healthy);
    await strike();
    await passMinutes(1);
    await untilNoticed(stack, noticed);
    await passMinutes(MINUTES.failing);
    return { samples, lines };
  } finally {
    await stack.close();
    await end?.();
  }
}

/** What promtool reads: each series with its values, one a minute, and `_` for none. */
function toPromtoolTest({ incident, alerts }: Row, { samples }: Recording): object {
  const names = new Set(samples.flatMap((minute) => [...minute.keys()]));
  return {
    name: incident,
    interval: '1m',
    input_series: [...names].map((series) => ({
      series: series.includes('{') ? series.replace('{', '{instance="one",') : `${series}{instance="one"}`,
      values: samples.map((minute) => minute.get(series) ?? '_').join(' '),
    })),
    promql_expr_test: [
      {
        expr: 'group by (alertname) (ALERTS{alertstate="firing"})',
        eval_time: `${samples.length - 1}m`,
        exp_samples: alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
      },
    ],
  };
}

describeWithRedis('an incident of docs/observability.md', () => {
  let directory: string;
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'incidents-'))));
  beforeEach(() => (clocks = freezeClocks()));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('has a run, and each run is one of it', () => {
    expect(ROWS.map(({ incident }) => incident)).toEqual(Object.keys(INCIDENTS));
  });

  it.each(ROWS)('raises its alerts and no others, writes its line and moves its metric: $incident', async (row) => {
    const recording = await record(INCIDENTS[row.incident] as Begin);
    const file = join(directory, 'test.yaml');
    const rules = resolve('deploy/monitoring/alerts.yaml');
    writeFileSync(
      file,
      stringify({ rule_files: [rules], evaluation_interval: '1m', tests: [toPromtoolTest(row, recording)] }),
    );
    expect(await promtool(['test', 'rules', file])).toEqual({ code: 0, output: expect.stringContaining('SUCCESS') });

    expect(recording.lines).toEqual(row.line === undefined ? [] : expect.arrayContaining([row.line]));
    const [healthy, failing] = [recording.samples[0], recording.samples.at(-1)];
    const moved = [...(failing ?? [])].filter(([series, value]) => value !== healthy?.get(series));
    if (row.metric !== undefined) {
      expect(moved.map(([series]) => series.replace(/\{.*/, ''))).toContain(row.metric);
    }
  });
});
