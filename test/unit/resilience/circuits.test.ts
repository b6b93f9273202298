import { type Circuits, type Verdict, createCircuits } from '../../../src/upstream/resilience/circuits.js';
import { type UpstreamCaller, UpstreamCredential } from '../../../src/upstream/resilience/credential-trials.js';
import { createCredential } from '../../support/create-credential.js';

let time = 0;
let changes: string[] = [];
let circuits: Circuits;

beforeEach(() => {
  time += 1_000_000;
  changes = [];
  circuits = createCircuits({ clock: { now: () => time }, onChange: (state) => changes.push(state) });
});

/** A caller with a credential of its own. */
function createCaller({ hasSucceeded = true } = {}): UpstreamCaller {
  const { limit, pace } = createCredential();
  const credential = new UpstreamCredential(limit, pace, (own) => ({
    ...createCredential().callerOf(undefined),
    credential: own,
    circuit: circuits.create(own),
  }));
  credential.hasSucceeded = hasSucceeded;
  return credential.callerOf(undefined);
}

/** Sends up to `times` requests, and returns how many were admitted. */
function send(caller: UpstreamCaller, verdict: Verdict, times = 1): number {
  let sent = 0;
  for (let count = 0; count < times; count += 1) {
    const report = circuits.admit(caller);
    if (report) sent += 1;
    report?.(verdict);
  }
  return sent;
}

describe('the failures of one caller', () => {
  it('open its own circuit, and no other', () => {
    const [failing, busy, quiet] = [createCaller(), createCaller(), createCaller()];
    expect(send(failing, 'unwell', 50)).toBe(10);
    expect(send(busy, 'well', 50)).toBe(50);
    expect(send(quiet, 'well')).toBe(1);
    expect([failing, busy, quiet].map((caller) => circuits.isOpenFor(caller))).toEqual([true, false, false]);
  });

  it('leave the others alone for minutes', () => {
    const [failing, quiet] = [createCaller(), createCaller()];
    for (let second = 0; second < 300; second += 1) {
      time += 1_000;
      send(failing, 'unwell', 20);
      expect(send(quiet, 'well')).toBe(1);
    }
  });

  it('show as an open circuit until another caller is served, or the caller itself', () => {
    const [failing, other] = [createCaller(), createCaller()];
    send(failing, 'unwell', 10);
    expect(circuits.isOpen).toBe(true);
    time += 1;
    send(other, 'well');
    expect(circuits.isOpen).toBe(false);
    time += 500;
    expect(send(failing, 'well')).toBe(1);
    expect(circuits.isOpenFor(failing)).toBe(false);
    expect(changes).toEqual(['open', 'closed']);
  });

  it('show as an open circuit, although a request from before them goes well', () => {
    const [failing, other] = [createCaller(), createCaller()];
    const early = circuits.admit(other);
    time += 1;
    send(failing, 'unwell', 10);
    early?.('well');
    expect(circuits.isOpen).toBe(true);
  });
});

describe('callers that ask little', () => {
  it('are judged together: the failures of most of them open the circuit for all of them', () => {
    const callers = Array.from({ length: 40 }, () => createCaller());
    const sent = callers.map((caller) => send(caller, 'unwell'));
    expect(sent.reduce((sum, count) => sum + count)).toBe(10);
    expect(callers.every((caller) => circuits.isOpenFor(caller))).toBe(true);
    expect(circuits.isOpen).toBe(true);
    time += 500;
    expect(send(callers[0] as UpstreamCaller, 'well')).toBe(1);
    expect(callers.some((caller) => circuits.isOpenFor(caller))).toBe(false);
    expect(changes).toEqual(['open', 'closed']);
  });

  it('do not stop a caller whose own circuit has seen enough', () => {
    const busy = createCaller();
    send(busy, 'well', 20);
    for (let count = 0; count < 40; count += 1) send(createCaller(), 'unwell');
    expect(send(createCaller(), 'well')).toBe(0);
    expect(send(busy, 'well', 20)).toBe(20);
  });

  it('have one vote each in three seconds, so that two of them decide nothing', () => {
    const [first, second] = [createCaller(), createCaller()];
    const others = [createCaller(), createCaller(), createCaller()];
    for (let round = 0; round < 100; round += 1) {
      time += 400;
      send(first, 'unwell');
      send(second, 'unwell');
      for (const caller of others) expect(send(caller, 'well')).toBe(1);
    }
  });
});

describe('callers whose credential the upstream has not accepted', () => {
  it('have no vote, and are judged alone', () => {
    const strangers = Array.from({ length: 40 }, () => createCaller({ hasSucceeded: false }));
    for (const caller of strangers) expect(send(caller, 'unwell')).toBe(1);
    expect(circuits.isOpenFor(createCaller())).toBe(false);
    expect(send(strangers[0] as UpstreamCaller, 'unwell', 50)).toBe(9);
  });

  it('show as an open circuit only while no other caller is served', () => {
    send(createCaller({ hasSucceeded: false }), 'unwell', 10);
    expect(circuits.isOpen).toBe(true);
    time += 1;
    send(createCaller(), 'well');
    send(createCaller({ hasSucceeded: false }), 'unwell', 10);
    expect(changes).toEqual(['open', 'closed']);
  });
});
