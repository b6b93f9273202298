import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { createGate } from '../support/gate.js';
import { startProcess, until, type GatewayProcess } from '../support/start-process.js';
import { untilCount } from '../support/until-count.js';

const REQUESTS = 40;
const QUERY = '{ customers { totalCount } }';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ customers: 12 });
});
afterEach(() => sandbox.close());

async function start(env: Record<string, string> = {}, nodeOptions?: readonly string[]): Promise<GatewayProcess> {
  const started = startProcess(
    { PORT: '0', UPSTREAM_URL: sandbox.url, UPSTREAM_CHECK_SECONDS: '0', ...env },
    nodeOptions,
  );
  await until(() => started.output().includes('curl '));
  return started;
}

/** The answer's text. @throws Error if the connection is lost */
async function ask({ output }: GatewayProcess, agent: Agent, query = QUERY): Promise<string> {
  const url = /Endpoint +(\S+)/.exec(output())?.[1] ?? '';
  const sent = request(url, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
  });
  sent.end(JSON.stringify({ query }));
  const [response] = (await once(sent, 'response')) as [AsyncIterable<Buffer>];
  let text = '';
  for await (const chunk of response) text += chunk.toString();
  return text;
}

const exitOf = async ({ child }: GatewayProcess): Promise<number | null> =>
  ((await once(child, 'exit')) as [number | null])[0];

const hang = (): void => void sandbox.faults.add({ action: { kind: 'hang' } });

describe('the process', () => {
  it(`answers ${REQUESTS} requests under way after SIGTERM, and exits with 0`, async () => {
    const gateway = await start();
    const agent = new Agent({ keepAlive: true });
    // A credential that has not succeeded yet would have two requests under way.
    await ask(gateway, agent);
    sandbox.log.clear();
    const gate = createGate();
    sandbox.faults.add({ until: gate.opened });
    // Different ones, as equal reads of one caller would be one upstream request.
    const answers = Array.from({ length: REQUESTS }, (_, offset) =>
      ask(gateway, agent, `{ customers(offset: ${offset}) { totalCount } }`),
    );
    await untilCount('the requests have arrived', REQUESTS, () => sandbox.log.all().length);
    const exit = exitOf(gateway);
    gateway.child.kill('SIGTERM');
    await until(() => gateway.output().includes('"draining"'));
    gate.open();

    expect(new Set(await Promise.all(answers))).toEqual(new Set(['{"data":{"customers":{"totalCount":12}}}\n']));
    expect(await exit).toBe(0);
    expect(gateway.output()).toMatch(/"requestsUnderWay":40,.*"draining"[^]*"cutConnections":0,.*"drained"/);
    agent.destroy();
  });

  it.each(['1', '2'])('answers what is under way after SIGHUP, and exits with 0, with WORKERS=%s', async (WORKERS) => {
    const gate = createGate();
    sandbox.faults.add({ until: gate.opened });
    const gateway = await start({ WORKERS });
    const answer = ask(gateway, new Agent());
    await untilCount('the requests have arrived', 1, () => sandbox.log.all().length);
    gateway.child.kill('SIGHUP');
    await until(() => gateway.output().includes('"draining"'));
    gate.open();
    expect(await answer).toBe('{"data":{"customers":{"totalCount":12}}}\n');
    expect(await exitOf(gateway)).toBe(0);
  });

  it('exits with 1 if the grace runs out, and cuts what hangs', async () => {
    hang();
    const gateway = await start({ SHUTDOWN_GRACE_MS: '300', UPSTREAM_TIMEOUT_MS: '600000' });
    const answer = expect(ask(gateway, new Agent())).rejects.toMatchObject({ code: 'ECONNRESET' });
    await untilCount('the requests have arrived', 1, () => sandbox.log.all().length);
    gateway.child.kill('SIGTERM');
    expect(await exitOf(gateway)).toBe(1);
    await answer;
    expect(gateway.output()).toMatch(/"cutConnections":1,.*"drained, but the grace period ran out"/);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('exits at once on a second %s, with %i', async (signal, code) => {
    hang();
    const gateway = await start({ SHUTDOWN_GRACE_MS: '600000', UPSTREAM_TIMEOUT_MS: '600000' });
    const answer = expect(ask(gateway, new Agent())).rejects.toMatchObject({ code: 'ECONNRESET' });
    await untilCount('the requests have arrived', 1, () => sandbox.log.all().length);
    gateway.child.kill(signal);
    await until(() => gateway.output().includes('"draining"'));
    gateway.child.kill(signal);
    expect(await exitOf(gateway)).toBe(code);
    await answer;
  });

  it.each([
    ['an unhandled rejection', 'void Promise.reject(new Error("MARKED"))', 'unhandledRejection'],
    ['an uncaught exception', '{ throw new Error("MARKED"); }', 'uncaughtException'],
  ])('logs %s, answers what is under way and exits with 1', async (_, statement, origin) => {
    const gate = createGate();
    sandbox.faults.add({ until: gate.opened });
    const preload = `data:text/javascript,${encodeURIComponent(`process.on("SIGUSR2", () => ${statement});`)}`;
    const gateway = await start({}, ['--import', preload]);
    const answer = ask(gateway, new Agent());
    await untilCount('the requests have arrived', 1, () => sandbox.log.all().length);
    const exit = exitOf(gateway);
    gateway.child.kill('SIGUSR2');
    await until(() => gateway.output().includes('"crashed"'));
    gate.open();
    expect(await exit).toBe(1);
    expect(await answer).toBe('{"data":{"customers":{"totalCount":12}}}\n');
    const crashed =
      gateway
        .output()
        .split('\n')
        .find((line) => line.includes('"crashed"')) ?? '{}';
    expect(JSON.parse(crashed)).toMatchObject({ level: 60, origin, err: { message: 'MARKED' } });
  });

  it('ends soon after a crash, whatever hangs', async () => {
    hang();
    const preload = `data:text/javascript,${encodeURIComponent('process.on("SIGUSR2", () => { throw new Error("x"); });')}`;
    const gateway = await start({ SHUTDOWN_GRACE_MS: '600000', UPSTREAM_TIMEOUT_MS: '600000' }, ['--import', preload]);
    const answer = expect(ask(gateway, new Agent())).rejects.toMatchObject({ code: 'ECONNRESET' });
    await untilCount('the requests have arrived', 1, () => sandbox.log.all().length);
    gateway.child.kill('SIGTERM');
    await until(() => gateway.output().includes('"draining"'));
    gateway.child.kill('SIGUSR2');
    expect(await exitOf(gateway)).toBe(1);
    await answer;
  });
});
