import { type Circuit, type Verdict, createCircuit } from '../../../src/upstream/resilience/circuits.js';

let time = 0;
let changes: string[] = [];
let circuit: Circuit;

beforeEach(() => {
  time = 1_000_000;
  changes = [];
  circuit = createCircuit({ clock: { now: () => time }, onChange: (state) => changes.push(state) });
});

function send(verdict: Verdict, times = 1): void {
  for (let sent = 0; sent < times; sent += 1) {
    const report = circuit.admit();
    if (!report) throw new Error('refused');
    report(verdict);
  }
}

describe('a circuit', () => {
  it('opens once half of at least ten requests went badly', () => {
    send('well', 5);
    send('unwell', 4);
    expect(circuit.isOpen).toBe(false);
    send('unwell');
    expect(circuit.isOpen).toBe(true);
    expect(changes).toEqual(['open']);
    expect(circuit.admit()).toBeUndefined();
  });

  it('stays closed where fewer went badly, and where requests tell nothing', () => {
    send('well', 60);
    send('unwell', 50);
    send('unknown', 500);
    expect(circuit.isOpen).toBe(false);
  });

  it('forgets what is older than its window', () => {
    send('unwell', 9);
    time += 3_301;
    send('unwell', 9);
    expect(circuit.isOpen).toBe(false);
  });

  it('lets a probe through twice a second, whether or not the one before has come back', () => {
    send('unwell', 10);
    time += 500;
    const hanging = circuit.admit();
    expect(hanging).toBeDefined();
    expect(circuit.admit()).toBeUndefined();
    time += 499;
    expect(circuit.admit()).toBeUndefined();
    time += 1;
    send('well');
    expect(circuit.isOpen).toBe(false);
    hanging?.('unwell');
    expect(circuit.isOpen).toBe(false);
    expect(changes).toEqual(['open', 'closed']);
  });

  it('stays open after a probe that went badly or was given up', () => {
    send('unwell', 10);
    for (const verdict of ['unwell', 'unknown'] as const) {
      time += 500;
      send(verdict);
      expect(circuit.isOpen).toBe(true);
    }
  });

  it('is not closed by a request from before it opened', () => {
    const early = circuit.admit();
    send('unwell', 10);
    early?.('well');
    expect(circuit.isOpen).toBe(true);
  });

  it('does not open by what hung in a moment that is over', () => {
    const hanging = Array.from({ length: 20 }, () => circuit.admit());
    time += 1;
    send('well', 5);
    for (const report of hanging) report?.('unwell');
    expect(circuit.isOpen).toBe(false);
  });

  it('opens by what hangs still, whatever went well before it', () => {
    send('well', 9);
    time += 1;
    const hanging = Array.from({ length: 20 }, () => circuit.admit());
    for (const report of hanging) report?.('unwell');
    expect(circuit.isOpen).toBe(true);
  });

  it('starts to count anew when it closes', () => {
    send('unwell', 10);
    time += 500;
    send('well');
    send('unwell', 9);
    expect(circuit.isOpen).toBe(false);
  });
});
