import type { Commands } from '../../src/commands/create-commands.js';
import { restrictCommands } from '../../src/commands/restrict-commands.js';
import type { CustomerPageKey, Loaders, UserPageKey } from '../../src/loaders/create-loaders.js';
import type { CustomerRecord } from '../../src/loaders/outcomes.js';
import { restrictLoaders } from '../../src/loaders/restrict-loaders.js';
import { decode } from '../../src/records/decode.js';

type Call = readonly unknown[];

/** Records each call of what stands behind a restriction, and answers with its name. */
function createInner(
  parts: readonly string[],
  answer: (name: string, args: unknown[]) => unknown,
): { inner: unknown; calls: Call[] } {
  const calls: Call[] = [];
  const record =
    (name: string) =>
    (...args: unknown[]): unknown => {
      calls.push([name, ...args]);
      return answer(name, args);
    };
  const part = (noun: string): object =>
    new Proxy(record(noun), { get: (_, verb) => record(`${noun}.${String(verb)}`) });
  return { inner: Object.fromEntries(parts.map((noun) => [noun, part(noun)])), calls };
}

const FORBIDDEN = { code: 'FORBIDDEN' };

describe('the commands of a caller who is limited to the customers 5 and 7', () => {
  const OF_CUSTOMER: readonly [string, (commands: Commands, id: string) => Promise<unknown>, (id: string) => Call][] = [
    [
      'customers.update',
      ({ customers }, id) => customers.update(id, { userMax: 1 }),
      (id) => ['customers.update', id, { userMax: 1 }],
    ],
    ['customers.remove', ({ customers }, id) => customers.remove(id), (id) => ['customers.remove', id]],
    [
      'customerAttributes.merge',
      ({ customerAttributes }, id) => customerAttributes.merge(id, []),
      (id) => ['customerAttributes.merge', id, []],
    ],
    [
      'customerAttributes.replace',
      ({ customerAttributes }, id) => customerAttributes.replace(id, []),
      (id) => ['customerAttributes.replace', id, []],
    ],
    [
      'customerAttributes.remove',
      ({ customerAttributes }, id) => customerAttributes.remove(id, 'k'),
      (id) => ['customerAttributes.remove', id, 'k'],
    ],
  ];
  const start = (allowed = ['5', '7']): { commands: Commands; calls: Call[] } => {
    const { inner, calls } = createInner(['customers', 'customerAttributes', 'webhooks'], async (name) => name);
    return { commands: restrictCommands(inner as Commands, new Set(allowed)), calls };
  };

  it.each(OF_CUSTOMER)('let %s reach those, as it is given', async (name, run, call) => {
    const { commands, calls } = start();
    for (const id of ['5', '7']) expect(await run(commands, id)).toBe(name);
    expect(calls).toEqual([call('5'), call('7')]);
  });

  it.each(OF_CUSTOMER)('refuse %s for any other, before anything is sent', async (_, run) => {
    for (const id of ['6', '55', '05', '5 ', '']) {
      const { commands, calls } = start();
      await expect(run(commands, id)).rejects.toMatchObject({
        ...FORBIDDEN,
        message: 'This caller may not write to this customer.',
      });
      expect(calls).toEqual([]);
    }
    await expect(run(start([]).commands, '5')).rejects.toMatchObject(FORBIDDEN);
  });

  it.each<[string, (commands: Commands) => Promise<unknown>, string]>([
    [
      'customers.create',
      ({ customers }) => customers.create({} as never),
      'Callers limited to certain customers may not create customers.',
    ],
    [
      'webhooks.create',
      ({ webhooks }) => webhooks.create({} as never),
      'Callers limited to certain customers have no access to webhooks.',
    ],
    [
      'webhooks.update',
      ({ webhooks }) => webhooks.update('5', {}),
      'Callers limited to certain customers have no access to webhooks.',
    ],
    [
      'webhooks.remove',
      ({ webhooks }) => webhooks.remove('5'),
      'Callers limited to certain customers have no access to webhooks.',
    ],
    [
      'webhooks.resetLifetime',
      ({ webhooks }) => webhooks.resetLifetime('5'),
      'Callers limited to certain customers have no access to webhooks.',
    ],
  ])('refuse %s altogether', async (_, run, message) => {
    const { commands, calls } = start();
    await expect(run(commands)).rejects.toMatchObject({ ...FORBIDDEN, message });
    expect(calls).toEqual([]);
  });
});

describe('the loaders of a caller who is limited to certain customers', () => {
  const uuidOf = (id: string): string => `00000000-0000-4000-8000-${id.padStart(12, 'a')}`;
  const recordOf = (id: string): CustomerRecord => decode('Customer', { id: Number(id), customerUuid: uuidOf(id) });
  const GONE = '999';

  const NOUNS = [
    'customerById',
    'customerByUuid',
    'customersByProviderId',
    'customerPage',
    'userPage',
    'webhookById',
    'webhookPage',
    'eventTypes',
    'version',
    'customerWritten',
    'webhookWritten',
  ];
  const start = (allowed: readonly string[]): { loaders: Loaders; calls: Call[] } => {
    const { inner, calls } = createInner(NOUNS, (name, [key]) => {
      if (name !== 'customerById.load') return name.endsWith('.load') ? Promise.resolve(name) : name;
      const { id } = key as { id: string };
      return Promise.resolve(id === GONE ? null : recordOf(id));
    });
    return { loaders: restrictLoaders(inner as Loaders, new Set(allowed)), calls };
  };
  const idsOf = (records: readonly unknown[]): unknown[] => records.map((record) => (record as { id: unknown }).id);

  it('load those by id, and no other, without a call', async () => {
    const { loaders, calls } = start(['5']);
    expect(await loaders.customerById.load({ id: '5', attributes: true })).toMatchObject({ id: '5' });
    expect(await loaders.customerById.load({ id: '6', attributes: true })).toBeNull();
    expect(calls).toEqual([['customerById.load', { id: '5', attributes: true }]]);
  });

  it('find those by UUID in any case, and read all of them for any other', async () => {
    const { loaders, calls } = start(['5', '7', GONE]);
    expect(await loaders.customerByUuid.load({ uuid: uuidOf('7').toUpperCase(), attributes: true })).toMatchObject({
      id: '7',
    });
    expect(await loaders.customerByUuid.load({ uuid: uuidOf('6'), attributes: true })).toBeNull();
    const all = ['5', '7', GONE].map((id) => ['customerById.load', { id, attributes: true }]);
    expect(calls).toEqual([...all, ...all]);
  });

  it('list those that exist in the order of their ids, as numbers go, however long', async () => {
    const ids = ['9223372036854775807', '10', '9007199254740993', '9', '11', '9007199254740992'];
    const { loaders, calls } = start(ids);
    await loaders.customerPage.load({ offset: 0, limit: 10, includeAttributes: false });
    expect(calls.map(([, key]) => (key as { id: string }).id)).toEqual([
      '9',
      '10',
      '11',
      '9007199254740992',
      '9007199254740993',
      '9223372036854775807',
    ]);
    expect(calls.every(([, key]) => !(key as { attributes: boolean }).attributes)).toBe(true);
  });

  it('list them in pages, and count the ones that exist', async () => {
    const { loaders } = start(['7', GONE, '5', '12']);
    const page = (offset: number, limit: number): Promise<unknown> =>
      loaders.customerPage
        .load({ offset, limit, includeAttributes: true })
        .then(({ offset: from, items, total }) => [from, idsOf(items), total]);
    expect(await page(0, 2)).toEqual([0, ['5', '7'], 3]);
    expect(await page(1, 1)).toEqual([1, ['7'], 3]);
    expect(await page(2, 2)).toEqual([2, ['12'], 3]);
    expect(await page(3, 2)).toEqual([3, [], 3]);
  });

  it.each<[string, Partial<CustomerPageKey>]>([
    ['filter', { filter: 'a' }],
    ['filter', { filter: '' }],
    ['filter', { filter: 'a', sort: 'b' }],
    ['orderBy', { sort: 'b' }],
  ])('refuse %s, because the upstream would apply it to its whole list, case %#', async (argument, key) => {
    const { loaders, calls } = start(['5']);
    await expect(
      loaders.customerPage.load({ offset: 0, limit: 1, includeAttributes: false, ...key }),
    ).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: `Callers limited to certain customers must omit ${argument}.`,
      extensions: { argument },
    });
    expect(calls).toEqual([]);
  });

  it('list users of those, and answer for any other as the upstream does for none', async () => {
    const { loaders, calls } = start(['5']);
    const key = { customerId: '5', offset: 0, limit: 1 } as UserPageKey;
    expect(await loaders.userPage.load(key)).toBe('userPage.load');
    expect(calls).toEqual([['userPage.load', key]]);
    await expect(loaders.userPage.load({ ...key, customerId: '6' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'This customer does not exist.',
      cause: { operationId: 'requestCustomerUsers', kind: 'status', status: 404, errorCode: -90103 },
    });
    expect(calls).toHaveLength(1);
  });

  it.each<[string, (loaders: Loaders) => Promise<unknown>]>([
    ['webhookById', ({ webhookById }) => webhookById.load('1')],
    ['webhookPage', ({ webhookPage }) => webhookPage.load({ offset: 0, limit: 1 })],
    ['eventTypes', ({ eventTypes }) => eventTypes.load('')],
  ])('refuse %s altogether', async (_, load) => {
    const { loaders, calls } = start(['5']);
    await expect(load(loaders)).rejects.toMatchObject({
      ...FORBIDDEN,
      message: 'Callers limited to certain customers have no access to webhooks.',
    });
    expect(calls).toEqual([]);
  });

  it('load the version as any caller does', async () => {
    const { loaders } = start([]);
    expect(await loaders.version.load('')).toBe('version.load');
  });

  it.each<[Call, (loaders: Loaders) => unknown]>([
    [['customerById.prime', 'record'], ({ customerById }) => customerById.prime('record' as never)],
    [['customerById.clear', '6'], ({ customerById }) => customerById.clear('6')],
    [['customerPage.clearAll'], ({ customerPage }) => customerPage.clearAll()],
    [['userPage.clearAll'], ({ userPage }) => userPage.clearAll()],
    [['webhookById.prime', 'record'], ({ webhookById }) => webhookById.prime('record' as never)],
    [['webhookById.clear', '1'], ({ webhookById }) => webhookById.clear('1')],
    [['webhookPage.clearAll'], ({ webhookPage }) => webhookPage.clearAll()],
    [['eventTypes.clearAll'], ({ eventTypes }) => eventTypes.clearAll()],
    [['customerWritten', '5'], ({ customerWritten }) => customerWritten('5')],
    [['webhookWritten', '5'], ({ webhookWritten }) => webhookWritten('5')],
  ])('pass %j on, so that writes are seen', (call, act) => {
    const { loaders, calls } = start(['5']);
    act(loaders);
    expect(calls).toEqual([call]);
  });
});
