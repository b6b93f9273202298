import { UpstreamFailure } from '../../src/errors/upstream-failure.js';
import { createCredentialChecks, type CredentialChecks } from '../../src/subscriptions/credential-checks.js';
import { eventually } from '../support/eventually.js';

const status = (code: number): UpstreamFailure =>
  new UpstreamFailure({ operationId: 'requestCustomers', kind: 'status', status: code });
const timeout = new UpstreamFailure({ operationId: 'requestCustomers', kind: 'timeout' });

interface World {
  checks: CredentialChecks;
  /** Tokens that were read with. */
  reads: string[];
  /** Makes reads fail from now on. */
  failWith(failure: Error): void;
  pass(milliseconds: number): void;
}

/** `everyMs` is real time for the timers, and `pass` moves the clock of what is remembered. */
function open(everyMs = 60_000): World {
  const reads: string[] = [];
  let failure: Error | undefined;
  let passed = 0;
  const checks = createCredentialChecks({
    async read(token) {
      reads.push(token);
      await Promise.resolve();
      if (failure) throw failure;
    },
    everyMs,
    now: () => passed,
    random: () => 0.5,
  });
  return {
    checks,
    reads,
    failWith: (next) => (failure = next),
    pass: (milliseconds) => (passed += milliseconds),
  };
}

describe('checks of credentials', () => {
  it('read once for all who ask at once and within the interval, and anew after it', async () => {
    const { checks, reads, pass } = open();
    expect(await Promise.all(['a', 'a', 'b'].map((token) => checks.check(token)))).toEqual(Array(3).fill('accepted'));
    pass(70_000);
    expect([checks.known('a'), await checks.check('a'), reads]).toEqual(['accepted', 'accepted', ['a', 'b']]);
    pass(10_000);
    expect(checks.known('a')).toBeUndefined();
    await checks.check('a');
    expect(reads).toEqual(['a', 'b', 'a']);
  });

  it('take 401 for a refusal, which is remembered for half a minute, and 403 for none', async () => {
    const { checks, reads, failWith, pass } = open();
    failWith(status(401));
    expect([await checks.check('a'), await checks.check('a'), reads.length]).toEqual(['refused', 'refused', 1]);
    failWith(status(403));
    pass(30_000);
    expect(await checks.check('a')).toBe('accepted');
  });

  it.each([status(500), status(429), status(404), timeout])('take %s for no verdict', async (failure) => {
    const { checks, failWith } = open();
    failWith(failure);
    await expect(checks.check('a')).rejects.toBe(failure);
    expect(checks.known('a')).toBeUndefined();
  });

  it('are repeated for those who watch until they stop, also after one that said nothing', async () => {
    const { checks, reads, failWith } = open(5);
    const refused: string[] = [];
    const stops = ['one', 'other'].map((name) => checks.watch('a', () => refused.push(name)));
    await eventually('it was read', () => reads.length > 1);
    failWith(timeout);
    const before = reads.length;
    await eventually('it was read again', () => reads.length > before + 1);
    stops[0]?.();
    failWith(status(401));
    await eventually('it is refused', () => refused.length > 0);
    const after = reads.length;
    const last = checks.watch('b', () => undefined);
    await eventually('another one is read', () => reads.includes('b'));
    last();
    expect([refused, reads.filter((token) => token === 'a').length]).toEqual([['other'], after]);
  });

  it('end those who watch when another read reports a refusal, and for nothing else', async () => {
    const { checks } = open();
    let refusals = 0;
    const stop = checks.watch('a', () => (refusals += 1));
    for (const failure of [timeout, status(403), status(503), new Error('other')]) checks.report('a', failure);
    expect(refusals).toBe(0);
    checks.report('a', status(401));
    checks.report('a', status(401));
    expect([refusals, checks.known('a')]).toEqual([1, 'refused']);
    stop();
  });
});
