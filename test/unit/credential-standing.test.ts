import { UpstreamFailure } from '../../src/errors/upstream-failure.js';
import { CredentialStanding } from '../../src/loaders/caller-scope.js';
import type { SettledCall } from '../../src/upstream/calls/bound-client.js';

const failureWith = (status: number) => new UpstreamFailure({ operationId: 'requestCustomer', kind: 'status', status });
const REFUSAL = failureWith(401);

let now = 0;
let refusals = 0;
let acceptances = 0;
let standing: CredentialStanding;
beforeEach(() => {
  now = 100;
  refusals = 0;
  acceptances = 0;
  standing = new CredentialStanding({
    onAccepted: () => (acceptances += 1),
    onRefused: () => (refusals += 1),
    now: () => now,
  });
});

const learn = (failure: unknown, call: Partial<SettledCall> = {}): void =>
  standing.learn({
    operationId: 'requestCustomer',
    startedAt: now,
    milliseconds: 0,
    attempts: 1,
    failure,
    joined: false,
    isAnonymous: false,
    ...call,
  });

describe('CredentialStanding', () => {
  it('is not refused before a 401, whatever else fails', () => {
    for (const failure of [undefined, failureWith(403), failureWith(503), failureWith(429), new Error('x')])
      learn(failure);
    expect([standing.isRefused, refusals]).toEqual([false, 0]);
  });

  it('is refused from a 401 to the next success, and reports each refusal once', () => {
    for (let time = 0; time < 3; time += 1) learn(REFUSAL);
    learn(failureWith(503));
    expect([standing.isRefused, refusals]).toEqual([true, 1]);
    learn(undefined);
    expect([standing.isRefused, refusals]).toEqual([false, 1]);
    learn(REFUSAL);
    expect([standing.isRefused, refusals]).toEqual([true, 2]);
  });

  it('reports the first success, and the first one after a refusal', () => {
    for (let time = 0; time < 3; time += 1) learn(undefined);
    expect(acceptances).toBe(1);
    learn(REFUSAL);
    learn(undefined, { startedAt: now - 1 });
    expect(acceptances).toBe(1);
    for (let time = 0; time < 3; time += 1) learn(undefined);
    expect(acceptances).toBe(2);
  });

  it('stays refused after a success that started before the latest 401', () => {
    learn(REFUSAL);
    now = 200;
    learn(REFUSAL);
    learn(undefined, { startedAt: 150 });
    expect(standing.isRefused).toBe(true);
    learn(undefined, { startedAt: 201 });
    expect(standing.isRefused).toBe(false);
  });

  it('learns nothing from calls without the credential', () => {
    learn(REFUSAL, { isAnonymous: true });
    expect(standing.isRefused).toBe(false);
    learn(REFUSAL);
    learn(undefined, { isAnonymous: true });
    expect(standing.isRefused).toBe(true);
  });
});
