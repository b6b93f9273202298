import { createScopes, type Scopes } from '../../src/loaders/caller-scope.js';
import { NO_UUID_STORE } from '../../src/loaders/uuid-store.js';
import { createCredential } from '../support/create-credential.js';

const scopesOf = (): Scopes =>
  createScopes({
    upstreamUrl: 'https://dracoon.example.com/api',
    pageSize: 500,
    readTimeoutMs: 1_000,
    createCredential: () => createCredential(),
    uuidStoreOf: () => NO_UUID_STORE,
    onAccepted: () => undefined,
    onRefused: () => undefined,
    now: () => 0,
  });

describe('the scopes of callers', () => {
  it('are one for each credential, whose hash tells it apart', () => {
    const scopes = scopesOf();
    const [one, two, none] = [scopes.of('one'), scopes.of('two'), scopes.of(undefined)];
    expect([scopes.of('one'), scopes.of('two'), scopes.of(undefined)]).toEqual([one, two, none]);
    expect(new Set([one.key, two.key, none.key]).size).toBe(3);
    expect(JSON.stringify([...scopes.all()].map(({ key }) => key))).not.toMatch(/one|two/);
  });

  it('say whether the upstream accepts the credential', () => {
    const scope = scopesOf().of('token');
    expect(scope.credential.hasSucceeded).toBe(false);
    scope.credential.hasSucceeded = true;
    expect(scope.credential.hasSucceeded).toBe(true);
  });

  it('of accepted credentials are kept, however many others come', () => {
    const scopes = scopesOf();
    const accepted = Array.from({ length: 20 }, (_, index) => scopes.of(`accepted ${index}`));
    for (const { credential } of accepted) credential.hasSucceeded = true;
    for (let index = 0; index < 3_000; index += 1) scopes.of(`made up ${index}`);
    expect(accepted.map((_, index) => scopes.of(`accepted ${index}`))).toEqual(accepted);
    expect(scopes.all().length).toBeLessThanOrEqual(2_000);
  });

  it('tell callers of one credential apart by their identity, if they have one', () => {
    const { credential } = scopesOf().of('token');
    const own = credential.callerOf(undefined);
    const [one, two] = [credential.callerOf('one'), credential.callerOf('two')];
    expect([credential.callerOf(undefined), credential.callerOf('one')]).toEqual([own, one]);
    expect(new Set([own, one, two]).size).toBe(3);
    expect([own, one, two].every((caller) => caller.credential === credential)).toBe(true);
  });
});
