import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { createGate } from '../support/gate.js';
import { startProcess, until, type GatewayProcess } from '../support/start-process.js';
import { untilCount } from '../support/until-count.js';

/** Says in each answer which process gave it. */
const TELL_PID = `data:text/javascript,${encodeURIComponent(`
  import { Server } from 'node:http';
  const { emit } = Server.prototype;
  Server.prototype.emit = function (name, ...args) {
    if (name === 'request') args[1].setHeader('x-pid', process.pid);
    return emit.call(this, name, ...args);
  };`)}`;
const COUNT = '{ customers { totalCount } }';

interface Answer {
  pid: number;
  text: string;
}

let gateway: GatewayProcess;

async function start(env: Record<string, string>): Promise<void> {
  gateway = startProcess({ PORT: '0', UPSTREAM_CHECK_SECONDS: '0', WORKERS: '2', ...env }, ['--import', TELL_PID]);
  await until(() => listened() >= 2);
}

const listened = (): number => gateway.output().split('"a worker listens"').length - 1;
const draining = (): number => gateway.output().split('"draining"').length - 1;
const endpoint = (): string => /Endpoint +(\S+)/.exec(gateway.output())?.[1] ?? '';

/** @throws Error if the connection is lost */
async function ask(agent: Agent, query = COUNT): Promise<Answer> {
  const sent = request(endpoint(), {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
  });
  sent.end(JSON.stringify({ query }));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response as AsyncIterable<Buffer>) text += chunk.toString();
  return { pid: Number(response.headers['x-pid']), text };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A connection of its own, which stays. */
const connection = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 });

async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  const exit = once(gateway.child, 'exit') as Promise<[number | null]>;
  gateway.child.kill(signal);
  return (await exit)[0];
}

describe('WORKERS=2', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ customers: 12 });
  });
  afterEach(() => sandbox.close());

  it('serves one port by two processes, says where once, and stops with 0', async () => {
    await start({ UPSTREAM_URL: sandbox.url });
    const agents = Array.from({ length: 8 }, connection);
    const answers = await Promise.all(agents.map((agent) => ask(agent)));
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2);
    expect(answers.map(({ pid }) => pid)).not.toContain(gateway.child.pid);
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"data":{"customers":{"totalCount":12}}}\n']));
    expect(gateway.output().match(/Endpoint/g)).toHaveLength(1);
    agents.forEach((agent) => agent.destroy());
    expect(await stop('SIGINT')).toBe(0);
    expect(gateway.output()).toMatch(/"worker":1,.*"drained"/);
    expect(gateway.output()).toMatch(/"worker":2,.*"drained"/);
  });

  it('replaces a worker that is killed; the connections of the other one go on', async () => {
    await start({ UPSTREAM_URL: sandbox.url });
    const agents = Array.from({ length: 8 }, connection);
    const before = await Promise.all(agents.map((agent) => ask(agent)));
    const killed = before[0]?.pid ?? 0;
    const gate = createGate();
    sandbox.faults.add({ until: gate.opened });
    sandbox.log.clear();
    const answers = agents.map((agent, offset) => ask(agent, `{ customers(offset: ${offset}) { totalCount } }`));
    const settled = Promise.allSettled(answers);
    await until(() => sandbox.log.all().length === agents.length);
    process.kill(killed, 'SIGKILL');
    await until(() => gateway.output().includes('"signal":"SIGKILL"'));
    gate.open();
    const outcomes = await settled;
    before.forEach(({ pid }, index) => {
      const outcome = outcomes[index];
      if (pid === killed) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'ECONNRESET' } });
      else expect(outcome).toMatchObject({ status: 'fulfilled', value: { pid } });
    });
    expect(before.some(({ pid }) => pid !== killed)).toBe(true);

    await until(() => listened() === 3);
    const after = await Promise.all(Array.from({ length: 8 }, connection).map((agent) => ask(agent)));
    const pids = new Set(after.map(({ pid }) => pid));
    expect(pids.size).toBe(2);
    expect(pids).not.toContain(killed);
    expect(gateway.output()).toMatch(/"signal":"SIGKILL".*"a worker exited; another one replaces it"/);
    expect(await stop()).toBe(0);
  });

  it('answers what is under way in both after SIGTERM, and exits with 0', async () => {
    await start({ UPSTREAM_URL: sandbox.url });
    // A credential that has not succeeded in a worker yet would have two requests under way there.
    await Promise.all(Array.from({ length: 8 }, connection).map((agent) => ask(agent)));
    sandbox.log.clear();
    const gate = createGate();
    sandbox.faults.add({ until: gate.opened });
    const answers = Array.from({ length: 40 }, (_, offset) =>
      ask(connection(), `{ customers(offset: ${offset}) { totalCount } }`),
    );
    await untilCount('the requests have arrived', 40, () => sandbox.log.all().length);
    const exit = stop();
    await until(() => draining() === 2);
    gate.open();
    const texts = (await Promise.all(answers)).map(({ text }) => text);
    expect(new Set(texts)).toEqual(new Set(['{"data":{"customers":{"totalCount":12}}}\n']));
    expect(await exit).toBe(0);
  });

  it('stops by its primary alone, whatever signal a group of processes gets', async () => {
    await start({ UPSTREAM_URL: sandbox.url });
    const { pid } = await ask(connection());
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.kill(pid, signal);
    const answers = await Promise.all(Array.from({ length: 8 }, connection).map((agent) => ask(agent)));
    expect(answers.map((answer) => answer.pid)).toContain(pid);
    expect(await stop()).toBe(0);
  });

  it('ends with its primary', async () => {
    await start({ UPSTREAM_URL: sandbox.url });
    const answers = await Promise.all(Array.from({ length: 8 }, connection).map((agent) => ask(agent)));
    gateway.child.kill('SIGKILL');
    for (const { pid } of answers) await until(() => !isRunning(pid));
  });

  it('exits with 1 if the grace runs out', async () => {
    await start({ UPSTREAM_URL: sandbox.url, SHUTDOWN_GRACE_MS: '300', UPSTREAM_TIMEOUT_MS: '600000' });
    sandbox.faults.add({ action: { kind: 'hang' } });
    const answer = expect(ask(connection())).rejects.toMatchObject({ code: 'ECONNRESET' });
    await untilCount('the requests have arrived', 1, () => sandbox.log.all().length);
    expect(await stop()).toBe(1);
    await answer;
  });
});

describe('WORKERS=2 with the sandbox', () => {
  it('shows a write that one worker made to the other', async () => {
    await start({ SANDBOX_CUSTOMERS: '12', LOG_LEVEL: 'info' });
    const agents = Array.from({ length: 8 }, connection);
    const create = 'mutation { deleteCustomer(input: { id: "3" }) { deletedCustomerId userErrors { code } } }';
    const [first] = agents;
    const writer = await ask(first ?? connection(), create);
    expect(writer.text).toContain('"deletedCustomerId":"3"');
    const readers = await Promise.all(agents.map((agent) => ask(agent)));
    expect(readers.some(({ pid }) => pid !== writer.pid)).toBe(true);
    expect(new Set(readers.map(({ text }) => text))).toEqual(new Set(['{"data":{"customers":{"totalCount":11}}}\n']));
    expect(gateway.output()).toContain('sandbox with made-up customers');
    expect(await stop()).toBe(0);
  });
});

describe('WORKERS=2 that cannot start', () => {
  it.each([
    ['its port is in use', 'PORT', 1, /^Port \d+ on 127\.0\.0\.1 is in use\. Set PORT to another one\.\n$/],
    [
      'its manifest is missing',
      'TRUSTED_DOCUMENTS',
      78,
      /^The configuration is invalid:\n {2}- TRUSTED_DOCUMENTS [^\n]*\n$/,
    ],
  ])('says so once and ends where %s', async (_, name, code, words) => {
    const sandbox = await startSandbox({ customers: 1 });
    const { child, output } = startProcess({
      PORT: '0',
      WORKERS: '2',
      UPSTREAM_URL: sandbox.url,
      [name]: name === 'PORT' ? new URL(sandbox.url).port : 'no/such/file',
    });
    expect(await once(child, 'close')).toEqual([code, null]);
    expect(output()).toMatch(words);
    await sandbox.close();
  });
});
