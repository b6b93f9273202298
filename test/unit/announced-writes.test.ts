import { announceWrites, type Write } from '../../src/commands/announce-writes.js';
import type { Commands } from '../../src/commands/create-commands.js';
import type { Outcome } from '../../src/commands/outcome.js';
import { toWrittenCustomer, type WrittenCustomer } from '../../src/commands/written-customer.js';
import { decode } from '../../src/records/decode.js';

const UUID = '00000000-0000-4000-8000-000000000005';
const TIME = '2026-01-02T03:04:05Z';
const WRITTEN = { id: '5', known: { id: '5', customerUuid: UUID, updatedAt: TIME } } as WrittenCustomer;
const REFUSED = { value: null, userErrors: [{ code: 'INVALID_INPUT' }] } as unknown as Outcome<never>;

type Run = (commands: Commands) => Promise<Outcome<unknown>>;

const PATCH = { userMax: 1 };
const COMMANDS: readonly [name: string, type: Write['type'] | undefined, run: Run, args: readonly unknown[]][] = [
  ['customers.create', 'CREATED', ({ customers }) => customers.create(PATCH as never), [PATCH]],
  ['customers.update', 'UPDATED', ({ customers }) => customers.update('5', PATCH), ['5', PATCH]],
  ['customers.remove', 'DELETED', ({ customers }) => customers.remove('5'), ['5']],
  ['customerAttributes.merge', 'UPDATED', ({ customerAttributes }) => customerAttributes.merge('5', []), ['5', []]],
  ['customerAttributes.replace', 'UPDATED', ({ customerAttributes }) => customerAttributes.replace('5', []), ['5', []]],
  ['customerAttributes.remove', 'UPDATED', ({ customerAttributes }) => customerAttributes.remove('5', 'k'), ['5', 'k']],
  ['webhooks.create', undefined, ({ webhooks }) => webhooks.create(PATCH as never), [PATCH]],
  ['webhooks.update', undefined, ({ webhooks }) => webhooks.update('5', {}), ['5', {}]],
  ['webhooks.remove', undefined, ({ webhooks }) => webhooks.remove('5'), ['5']],
  ['webhooks.resetLifetime', undefined, ({ webhooks }) => webhooks.resetLifetime('5'), ['5']],
];

/** Commands that all come to one outcome, and what is announced of them. */
function announcing(outcome: () => Promise<Outcome<unknown>>): {
  commands: Commands;
  writes: Write[];
  calls: unknown[];
} {
  const writes: Write[] = [];
  const calls: unknown[] = [];
  const part = (noun: string): object =>
    new Proxy(
      {},
      {
        get:
          (_, verb) =>
          (...args: unknown[]) => {
            calls.push([`${noun}.${String(verb)}`, ...args]);
            return outcome();
          },
      },
    );
  const inner = Object.fromEntries(['customers', 'customerAttributes', 'webhooks'].map((noun) => [noun, part(noun)]));
  return { commands: announceWrites(inner as unknown as Commands, (write) => writes.push(write)), writes, calls };
}

describe.each(COMMANDS)('the announcing command %s', (name, type, run, args) => {
  it('sends what it is given and resolves to what came of it', async () => {
    const outcome = { value: WRITTEN, userErrors: [] } as Outcome<unknown>;
    const { commands, calls } = announcing(async () => outcome);
    expect(await run(commands)).toBe(outcome);
    expect(calls).toEqual([[name, ...args]]);
  });

  it('announces a success, unless it is about a webhook', async () => {
    const { commands, writes } = announcing(async () => ({ value: WRITTEN, userErrors: [] }));
    await run(commands);
    const known = type === 'DELETED' ? [undefined, undefined] : [UUID, TIME];
    const write = { type, customerId: '5', customerUuid: known[0], updatedAt: known[1] };
    expect(writes).toEqual(type === undefined ? [] : [write]);
  });

  it('announces no refusal', async () => {
    const { commands, writes } = announcing(async () => REFUSED);
    expect(await run(commands)).toBe(REFUSED);
    expect(writes).toEqual([]);
  });

  it('announces no failure, and fails with it', async () => {
    const failure = new Error('failed');
    const { commands, writes } = announcing(() => Promise.reject(failure));
    await expect(run(commands)).rejects.toBe(failure);
    expect(writes).toEqual([]);
  });
});

describe('an announcement', () => {
  it('is not made of a creation whose answer names no id', async () => {
    const { commands, writes } = announcing(async () => ({
      value: { id: undefined, known: { customerUuid: UUID } },
      userErrors: [],
    }));
    await commands.customers.create({} as never);
    expect(writes).toEqual([]);
  });

  it.each([{}, { companyName: undefined }, { companyName: null }])(
    'is not made of a change of nothing: %j',
    async (patch) => {
      const { commands, writes } = announcing(async () => ({ value: WRITTEN, userErrors: [] }));
      expect(await commands.customers.update('5', patch as never)).toMatchObject({ value: WRITTEN });
      expect(writes).toEqual([]);
    },
  );

  it('leaves out what is no text', async () => {
    const value = { id: '5', known: { customerUuid: new Error('broken'), updatedAt: 7 } };
    const { commands, writes } = announcing(async () => ({ value, userErrors: [] }));
    await commands.customers.update('5', PATCH);
    expect(writes).toEqual([{ type: 'UPDATED', customerId: '5', customerUuid: undefined, updatedAt: undefined }]);
  });
});

describe('a customer after a write', () => {
  const answer = (source: object): ReturnType<typeof decode<'Customer'>> => decode('Customer', source);

  it.each<[name: string, written: WrittenCustomer, expected: object]>([
    ['nothing, without an id', toWrittenCustomer(undefined), { id: undefined, known: {} }],
    ['nothing', toWrittenCustomer(undefined, '5'), { id: '5', known: { id: '5' } }],
    ['its id', toWrittenCustomer(answer({ id: 5 })), { id: '5', known: { id: '5' } }],
    ['its id, which was known', toWrittenCustomer(answer({ id: 5 }), '5'), { id: '5', known: { id: '5' } }],
    ['no id', toWrittenCustomer(answer({ userMax: 1 })), { id: undefined, known: { userMax: 1 } }],
    [
      'no id, which was known',
      toWrittenCustomer(answer({ userMax: 1 }), '5'),
      { id: '5', known: { id: '5', userMax: 1 } },
    ],
    ['another customer', toWrittenCustomer(answer({ id: 6, userMax: 1 }), '5'), { id: '5', known: { id: '5' } }],
    [
      'a broken id',
      toWrittenCustomer(answer({ id: 'x', userMax: 1 }), '5'),
      { id: '5', known: { id: '5', userMax: 1 } },
    ],
    ['a broken id alone', toWrittenCustomer(answer({ id: 'x' })), { id: undefined, known: {} }],
    ['a broken property', toWrittenCustomer(answer({ id: 5, userMax: 'x' })), { id: '5', known: { id: '5' } }],
    ['null', toWrittenCustomer(answer({ id: 5, companyName: null })), { id: '5', known: { id: '5' } }],
  ])('is what a sound answer tells of it: %s', (_, written, expected) => {
    expect(written).toEqual(expected);
  });
});
