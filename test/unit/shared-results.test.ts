import { callerWith, type Caller } from '../../src/auth/caller.js';
import { createSharedResults, type ResultKey } from '../../src/http/subscriptions/shared-results.js';

const keyOf = (parts: Partial<ResultKey> = {}): ResultKey => ({
  caller: callerWith('token'),
  text: 'subscription { customerEvents { type } }',
  operationName: undefined,
  variables: '{}',
  ...parts,
});

const callerOf = (parts: Partial<Caller>): Caller => ({ ...callerWith('token'), ...parts });

/** How many results are made of one event for these subscriptions. */
async function countMade(
  keys: readonly ResultKey[],
  eventOf: (index: number) => string = () => 'event',
): Promise<number> {
  const results = createSharedResults();
  let made = 0;
  const subscriptions = keys.map((key) => results.of(key));
  for (const [index, { take }] of subscriptions.entries()) {
    await take(eventOf(index), async () => ({ data: { made: (made += 1) } }));
  }
  return made;
}

describe('shared results', () => {
  it('are made once for all subscriptions that would get the same', async () => {
    expect(await countMade([keyOf(), keyOf(), keyOf({ operationName: undefined })])).toBe(1);
    const limited = (ids: string[]): ResultKey => keyOf({ caller: callerOf({ customerIds: new Set(ids) }) });
    expect(await countMade([limited(['1', '2']), limited(['2', '1'])])).toBe(1);
  });

  it.each<[string, ResultKey]>([
    ['another credential', keyOf({ caller: callerWith('another') })],
    ['other scopes', keyOf({ caller: callerOf({ scopes: new Set(['customers:read']) }) })],
    ['no scopes at all', keyOf({ caller: callerOf({ scopes: new Set() }) })],
    ['other customers', keyOf({ caller: callerOf({ customerIds: new Set(['1']) }) })],
    ['another document', keyOf({ text: 'subscription { customerEvents { customerId } }' })],
    ['another operation of it', keyOf({ operationName: 'Other' })],
    ['other variables', keyOf({ variables: '{"id":1}' })],
  ])('are made apart for %s', async (_what, other) => {
    expect(await countMade([keyOf(), other])).toBe(2);
  });

  it('are made for each event', async () => {
    expect(await countMade([keyOf(), keyOf()], String)).toBe(2);
  });
});
