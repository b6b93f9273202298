import { createCoalescer, type Coalescer } from '../../../src/upstream/coalescer.js';
import { CancellableLifetime, type Lifetime } from '../../../src/upstream/resilience/lifetime.js';

const lifetimesOfTest: CancellableLifetime[] = [];
function inMs(milliseconds: number): CancellableLifetime {
  const lifetime = new CancellableLifetime(performance.now() + milliseconds);
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
  });
  afterEach(() => {
    for (const lifetime of lifetimesOfTest.splice(0)) lifetime.cancel();
  });
  function share(
    lifetime: Lifetime,
    read: (lifetime: Lifetime) => Promise<string>,
  ): { answer: Promise<string>; joined: boolean } {
    const shared = coalescer.share({ key: 'k', operationId: 'x', lifetime, read });
    // Those that a test leaves open end with it.
    shared.answer.catch(() => undefined);
    return shared;
  }

  it('go on for those who are left, and are cancelled with the last', async () => {
    const { lifetimes, read } = openRead();
    const [first, second] = [inMs(60_000), inMs(60_000)];
    const answers = [share(first, read), share(second, read)];
    expect(answers.map(({ joined }) => joined)).toEqual([false, true]);
    first.cancel();
    await expect(answers[0]?.answer).rejects.toMatchObject({ kind: 'aborted' });
    expect(lifetimes.map(({ isCancelled }) => isCancelled)).toEqual([false]);
    second.cancel();
    await expect(answers[1]?.answer).rejects.toMatchObject({ kind: 'aborted' });
    expect(lifetimes.map(({ isCancelled }) => isCancelled)).toEqual([true]);
  });

  it('are not joined once they are cancelled', async () => {
    const { lifetimes, read } = openRead();
    const gone = inMs(60_000);
    const { answer } = share(gone, read);
    gone.cancel();
    await expect(answer).rejects.toMatchObject({ kind: 'aborted' });
    expect(share(inMs(60_000), read).joined).toBe(false);
    expect(lifetimes).toHaveLength(2);
  });

  it('outlive the deadline of whoever started them', async () => {
    const { read, finish } = openRead();
    const hasty = share(inMs(20), read);
    const patient = share(inMs(60_000), read);
    await expect(hasty.answer).rejects.toMatchObject({ kind: 'timeout' });
    finish('late');
    await expect(patient.answer).resolves.toBe('late');
  });

  it('are made anew once they have settled or a write came between', async () => {
    const { lifetimes, read, finish } = openRead();
    const { answer } = share(inMs(60_000), read);
    coalescer.detach();
    expect(share(inMs(60_000), read).joined).toBe(false);
    finish('done');
    await answer;
    await new Promise((resolve) => setImmediate(resolve));
    expect(share(inMs(60_000), read).joined).toBe(false);
    expect(lifetimes).toHaveLength(3);
  });
});
