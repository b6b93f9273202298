import { createSupervisor, restartDelayMs, type Supervisor } from '../../src/process/workers/create-supervisor.js';
import type { FromWorker, Listening, StartFailure, ToWorker } from '../../src/process/workers/worker-messages.js';
import type { WorkerExit } from '../../src/process/workers/worker-process.js';

const LISTENING: Listening = { kind: 'listening', url: 'http://127.0.0.1:4000', sandboxed: true, hasQueryPage: false };
const KILLED: WorkerExit = { code: null, signal: 'SIGKILL' };

interface FakeWorker {
  told: ToWorker[];
  wasKilled: boolean;
  say: (message: FromWorker) => void;
  exit: (exit: WorkerExit) => void;
}

let forked: FakeWorker[];
let timers: { run: () => void; delayMs: number; isCancelled: boolean }[];
let time: number;
let started: Listening[];
let failures: StartFailure[];
let logged: object[];

function supervise(count: number): Supervisor {
  [forked, timers, time, started, failures, logged] = [[], [], 0, [], [], []];
  const log = (facts: object): void => void logged.push(facts);
  return createSupervisor({
    count,
    sandboxUrl: 'http://127.0.0.1:1/api',
    fork() {
      const worker: FakeWorker = { told: [], wasKilled: false, say: () => undefined, exit: () => undefined };
      forked.push(worker);
      return {
        pid: forked.length,
        send: (message) => void worker.told.push(message),
        onMessage: (listener) => void (worker.say = listener),
        onExit: (listener) => void (worker.exit = listener),
        kill: () => void (worker.wasKilled = true),
      };
    },
    logger: { info: log, warn: log, error: log },
    now: () => time,
    schedule(run, delayMs) {
      const timer = { run, delayMs, isCancelled: false };
      timers.push(timer);
      return () => void (timer.isCancelled = true);
    },
    onListening: (listening) => void started.push(listening),
    onStartFailure: (failure) => void failures.push(failure),
  });
}

const worker = (index: number): FakeWorker => forked[index] as FakeWorker;
const lastDelayMs = (): number | undefined => timers.at(-1)?.delayMs;

describe('the supervisor', () => {
  it('starts every worker once it listens to us, and says so once', () => {
    supervise(3);
    expect(forked.map(({ told }) => told)).toEqual([[], [], []]);
    for (const each of forked) {
      each.say({ kind: 'waiting' });
      each.say(LISTENING);
    }
    expect(forked.map(({ told }) => told)).toEqual(
      [1, 2, 3].map((number) => [{ kind: 'start', number, sandboxUrl: 'http://127.0.0.1:1/api' }]),
    );
    expect(started).toEqual([LISTENING]);
  });

  it('replaces a worker under its number', () => {
    supervise(2);
    worker(0).say(LISTENING);
    time = 60_000;
    worker(1).exit(KILLED);
    expect(lastDelayMs()).toBe(0);
    timers[0]?.run();
    expect(forked).toHaveLength(3);
    worker(2).say({ kind: 'waiting' });
    expect(worker(2).told).toMatchObject([{ kind: 'start', number: 2 }]);
    expect(logged).toContainEqual({ worker: 2, ...KILLED, delayMs: 0 });
  });

  it('waits longer each time a worker ends early, and not after one that lasted', () => {
    supervise(2);
    worker(0).say(LISTENING);
    const delays: (number | undefined)[] = [];
    for (let times = 0; times < 12; times += 1) {
      forked.at(-1)?.exit({ code: 1, signal: null });
      delays.push(lastDelayMs());
      timers.at(-1)?.run();
    }
    expect(delays.slice(0, 5)).toEqual([100, 200, 400, 800, 1_600]);
    expect(delays.at(-1)).toBe(30_000);
    time += 60_000;
    forked.at(-1)?.exit(KILLED);
    expect(lastDelayMs()).toBe(0);
  });

  it('gives up if none ever listened, and says why once', () => {
    supervise(2);
    const failure: StartFailure = { kind: 'failed', message: 'Port 4000 is taken.', exitCode: 1 };
    worker(0).say(failure);
    worker(0).exit({ code: 1, signal: null });
    worker(1).say(failure);
    worker(1).exit(KILLED);
    expect(failures).toEqual([failure]);
    expect(worker(1).wasKilled).toBe(true);
    expect(timers).toEqual([]);
  });

  it('has a word for workers that end without one', () => {
    supervise(1);
    worker(0).exit({ code: 1, signal: null });
    expect(failures).toMatchObject([{ message: 'The workers exit before they listen.', exitCode: 1 }]);
  });

  it('stops all, replaces none, and says whether all ended well', async () => {
    for (const [codes, allWell] of [
      [[0, 0], true],
      [[0, 1], false],
    ] as const) {
      const supervisor = supervise(2);
      worker(0).say(LISTENING);
      const stopped = supervisor.stop(500);
      expect(forked.map(({ told }) => told.at(-1))).toEqual([
        { kind: 'stop', graceMs: 500 },
        { kind: 'stop', graceMs: 500 },
      ]);
      codes.forEach((code, index) => worker(index).exit({ code, signal: null }));
      expect(await stopped).toBe(allWell);
      expect(forked).toHaveLength(2);
      expect(timers.every(({ isCancelled }) => isCancelled)).toBe(true);
    }
  });

  it('stops a worker that is about to start, and starts none that was to be replaced', async () => {
    const supervisor = supervise(2);
    worker(0).say(LISTENING);
    worker(1).exit(KILLED);
    const stopped = supervisor.stop(500);
    expect(timers[0]?.isCancelled).toBe(true);
    worker(0).say({ kind: 'waiting' });
    expect(worker(0).told.at(-1)).toEqual({ kind: 'stop', graceMs: 500 });
    worker(0).exit({ code: 0, signal: null });
    expect(await stopped).toBe(true);
  });

  it('ends a worker that hangs', async () => {
    const supervisor = supervise(1);
    worker(0).say(LISTENING);
    const stopped = supervisor.stop(500);
    expect(lastDelayMs()).toBeGreaterThan(500);
    timers.at(-1)?.run();
    expect(worker(0).wasKilled).toBe(true);
    worker(0).exit(KILLED);
    expect(await stopped).toBe(false);
  });
});

describe('restartDelayMs', () => {
  it('grows from nothing to half a minute', () => {
    expect([0, 1, 2, 3, 20].map(restartDelayMs)).toEqual([0, 100, 200, 400, 30_000]);
  });
});
