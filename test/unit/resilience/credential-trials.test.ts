import { UpstreamFailure } from '../../../src/errors/upstream-failure.js';
import { createCredentialTrials, type CredentialTrials } from '../../../src/upstream/resilience/credential-trials.js';
import { Lifetime } from '../../../src/upstream/resilience/lifetime.js';
import type { Place, Waiting } from '../../../src/upstream/resilience/fair-queue.js';
import { createCredential } from '../../support/create-credential.js';

let time = 0;
const clock = { now: () => time };
const trialsOf = (maxConcurrency: number, maxQueue: number): CredentialTrials =>
  createCredentialTrials({ maxConcurrency, maxQueue, clock });
const statusOf = (status: number): UpstreamFailure => new UpstreamFailure({ operationId: 'x', kind: 'status', status });

const isWaiting = (place: Place): place is Waiting => typeof place !== 'string';
const turnsOf = (places: readonly Place[]): Promise<unknown[]> =>
  Promise.all(places.filter(isWaiting).map(({ turn }) => Promise.race([turn, Promise.resolve('waiting')])));

describe('a credential on trial', () => {
  it('has two places, and queues what is more', async () => {
    const trials = trialsOf(100, 10);
    const credential = createCredential();
    const places = [1, 2, 3, 4].map(() => trials.enter(credential, 'read'));
    expect(places.slice(0, 2)).toEqual(['taken', 'taken']);
    expect(trials.enter(credential, 'background')).toBe('refused');
    expect(trials.waiting).toBe(2);
    trials.leave(credential);
    expect(await turnsOf(places)).toEqual(['taken', 'waiting']);
  });

  it('lets all go on with its first success', async () => {
    const trials = trialsOf(100, 10);
    const credential = createCredential();
    const places = Array.from({ length: 6 }, () => trials.enter(credential, 'read'));
    trials.learn(credential, undefined);
    expect(credential.hasSucceeded).toBe(true);
    expect(await turnsOf(places)).toEqual(['changed', 'changed', 'changed', 'changed']);
    expect(trials.waiting).toBe(0);
  });

  it.each([[403], [404], [429], [500]])('goes on after %d, which neither proves nor refuses it', (status) => {
    const trials = trialsOf(100, 10);
    const credential = createCredential();
    trials.learn(credential, statusOf(status));
    expect([credential.hasSucceeded, trials.isRefused(credential)]).toEqual([false, false]);
  });

  it('ends all with a 401, and is refused for five seconds', async () => {
    const trials = trialsOf(100, 10);
    const credential = createCredential();
    const places = Array.from({ length: 4 }, () => trials.enter(credential, 'read'));
    const lifetime = new Lifetime(Infinity);
    credential.trialReads.add(lifetime);
    trials.learn(credential, statusOf(401));
    expect(lifetime.ending).toBe('aborted');
    expect(await turnsOf(places)).toEqual(['changed', 'changed']);
    expect(trials.isRefused(credential)).toBe(true);
    time += 4_999;
    expect(trials.isRefused(credential)).toBe(true);
    time += 1;
    expect(trials.isRefused(credential)).toBe(false);
  });

  it('is accepted if a success comes after the 401', () => {
    const trials = trialsOf(100, 10);
    const credential = createCredential();
    trials.learn(credential, statusOf(401));
    trials.learn(credential, undefined);
    expect([credential.hasSucceeded, trials.isRefused(credential)]).toEqual([true, false]);
  });

  it('is on trial again after a 401 that follows a success, and refused after the next', () => {
    const trials = trialsOf(100, 10);
    const credential = createCredential();
    trials.learn(credential, undefined);
    trials.learn(credential, statusOf(401));
    expect([credential.hasSucceeded, trials.isRefused(credential)]).toEqual([false, false]);
    trials.learn(credential, statusOf(401));
    expect(trials.isRefused(credential)).toBe(true);
  });
});

describe('credentials on trial', () => {
  it('share a quarter of the places, by turns', async () => {
    const trials = trialsOf(16, 10);
    const [first, second, third] = [createCredential(), createCredential(), createCredential()];
    const taken = [first, first, second, second].map((credential) => trials.enter(credential, 'read'));
    expect(taken).toEqual(['taken', 'taken', 'taken', 'taken']);
    const places = [first, first, third, third].map((credential) => trials.enter(credential, 'read'));
    expect(places.every(isWaiting)).toBe(true);
    trials.leave(second);
    trials.leave(second);
    expect(await turnsOf(places)).toEqual(['waiting', 'waiting', 'taken', 'taken']);
  });

  it.each([
    [1, 1],
    [2, 2],
    [8, 2],
    [256, 64],
  ])('have of %d places %d', (maxConcurrency, expected) => {
    const trials = trialsOf(maxConcurrency, 0);
    const places = Array.from({ length: maxConcurrency }, () => trials.enter(createCredential(), 'read'));
    expect(places.filter((place) => place === 'taken')).toHaveLength(expected);
  });

  it('share their queue', () => {
    const trials = trialsOf(4, 4);
    const [greedy, other] = [createCredential(), createCredential()];
    for (let count = 0; count < 6; count += 1) trials.enter(greedy, 'read');
    expect([trials.waiting, trials.queue.isFullFor(greedy), trials.queue.isFullFor(other)]).toEqual([4, true, false]);
    expect(trials.enter(greedy, 'read')).toBe('refused');
    expect(isWaiting(trials.enter(other, 'read'))).toBe(true);
    expect(trials.waiting).toBe(4);
  });
});
