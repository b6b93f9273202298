import { createCoalescer, type Coalescer } from '../../../src/upstream/calls/coalescer.js';
import { TimedLifetime, type Lifetime } from '../../../src/upstream/resilience/lifetime.js';

const lifetimesOfTest: TimedLifetime[] = [];
function inMs(milliseconds: number): TimedLifetime {
  const lifetime = new TimedLifetime(performance.now() + milliseconds);
  lifetimesOfTest.push(lifetime);
  return lifetime;
}

/** A read that ends when the test says so, and knows whether it was cancelled. */
function openRead(): {
  lifetimes: Lifetime[];
  finish: (value: string) => void;
  read: (lifetime: Lifetime) => Promise<string>;
} {
  const lifetimes: Lifetime[] = [];
  let finish: (value: string) => void = () => undefined;
  const answer = new Promise<string>((resolve) => {
    finish = resolve;
  });
  return {
    lifetimes,
    finish: (value) => finish(value),
    read(lifetime) {
      lifetimes.push(lifetime);
      return answer;
    },
  };
}

describe('reads under way that several wait for', () => {
  let coalescer: Coalescer;
  beforeEach(() => {
    coalescer = createCoalescer(60_000);
    told = [];
  });
  afterEach(() => {
    for (const lifetime of lifetimesOfTest.splice(0)) lifetime.end('aborted');
  });
  /** What was notified of each who asked, in the order in which they were told. */
  let told: { failure: unknown; joined: boolean }[] = [];
  function share(lifetime: Lifetime, read: (lifetime: Lifetime) => Promise<string>): Promise<string> {
    const settled = (failure: unknown, joined: boolean): void => void told.push({ failure, joined });
    const answer = coalescer.share({ key: 'k', operationId: 'x', lifetime, read, settled });
    // Those that a test leaves open end with it.
    answer.catch(() => undefined);
    return answer;
  }

  it('go on for those who are left, and are cancelled with the last', async () => {
    const { lifetimes, read } = openRead();
    const [first, second] = [inMs(60_000), inMs(60_000)];
    const answers = [share(first, read), share(second, read)];
    expect(lifetimes).toHaveLength(1);
    first.end('aborted');
    await expect(answers[0]).rejects.toMatchObject({ kind: 'aborted' });
    expect(lifetimes.map(({ ending }) => ending)).toEqual([undefined]);
    second.end('aborted');
    await expect(answers[1]).rejects.toMatchObject({ kind: 'aborted' });
    expect(lifetimes.map(({ ending }) => ending)).toEqual(['aborted']);
    expect(told).toEqual([
      { failure: expect.objectContaining({ kind: 'aborted' }), joined: false },
      { failure: expect.objectContaining({ kind: 'aborted' }), joined: true },
    ]);
  });

  it('are not joined once they are cancelled', async () => {
    const { lifetimes, read } = openRead();
    const gone = inMs(60_000);
    const answer = share(gone, read);
    gone.end('aborted');
    await expect(answer).rejects.toMatchObject({ kind: 'aborted' });
    void share(inMs(60_000), read);
    expect(lifetimes).toHaveLength(2);
  });

  it('outlive the deadline of the caller that started them', async () => {
    const { read, finish } = openRead();
    const hasty = share(inMs(20), read);
    const patient = share(inMs(60_000), read);
    await expect(hasty).rejects.toMatchObject({ kind: 'timeout' });
    finish('late');
    await expect(patient).resolves.toBe('late');
  });

  it('are made anew once they have settled or a write came between', async () => {
    const { lifetimes, read, finish } = openRead();
    const answer = share(inMs(60_000), read);
    coalescer.detach();
    void share(inMs(60_000), read);
    finish('done');
    await answer;
    await new Promise((resolve) => setImmediate(resolve));
    void share(inMs(60_000), read);
    expect(lifetimes).toHaveLength(3);
  });
});
