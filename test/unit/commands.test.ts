import { createCommands, type Commands } from '../../src/commands/create-commands.js';
import type { Outcome } from '../../src/commands/outcome.js';
import { UpstreamFailure, type UpstreamFailureDetails } from '../../src/errors/upstream-failure.js';
import { decode } from '../../src/records/decode.js';
import type { Upstream } from '../../src/upstream/upstream.js';
import { createUnitOperations } from '../support/unit-operations.js';

/** Calls of an upstream that the test plays, in their order, such as `['customers.remove', '5']`. */
type Call = readonly unknown[];

type Answers = Readonly<Record<string, () => unknown>>;

/** An upstream whose methods answer what the test says, by names such as `customers.remove`. */
function createUpstream(answers: Answers): { upstream: Upstream; calls: Call[] } {
  const calls: Call[] = [];
  const part = (noun: string): unknown =>
    new Proxy(
      {},
      {
        get: (_, verb) =>
          async function call(...args: unknown[]) {
            const name = `${noun}.${String(verb)}`;
            calls.push([name, ...args]);
            const answer = answers[name];
            if (!answer) throw new Error(`no answer to ${name}`);
            return answer();
          },
      },
    );
  const upstream = Object.fromEntries(
    ['customers', 'customerAttributes', 'users', 'webhooks', 'system'].map((noun) => [noun, part(noun)]),
  );
  return { upstream: upstream as unknown as Upstream, calls };
}

const failure = (details: Partial<UpstreamFailureDetails>): UpstreamFailure =>
  new UpstreamFailure({ operationId: 'x', kind: 'status', ...details });
const rejects = (error: unknown) => () => {
  throw error;
};

const ATTRIBUTES = [{ key: 'k', value: 'v' }];
const CUSTOMER = { id: 5, companyName: 'Name', customerContractType: 'pay' };
const WEBHOOK = { id: 5, name: 'Hook' };
const customer = (): unknown => decode('Customer', CUSTOMER);
const webhook = (): unknown => decode('Webhook', WEBHOOK);
const nothing = (): unknown => undefined;

interface Command {
  run: (commands: Commands) => Promise<Outcome<unknown>>;
  /** Its one write. */
  write: Call;
  answer: () => unknown;
  /** What it comes to. */
  value: unknown;
  /** What is forgotten after it; `failed` if it did not answer. */
  tags: readonly string[];
  failed?: readonly string[];
}

const OF_CUSTOMER = ['customers', 'customer:5', 'users:5'];
const OF_WEBHOOK = ['webhooks', 'webhook:5'];
const WRITTEN = { id: '5', known: { id: '5', companyName: 'Name', customerContractType: 'pay' } };

const COMMANDS: Readonly<Record<string, Command>> = {
  'customers.create': {
    run: ({ customers }) => customers.create({ companyName: 'Name', customerAttributes: ATTRIBUTES } as never),
    write: ['customers.create', { companyName: 'Name', customerAttributes: { items: ATTRIBUTES } }],
    answer: () => decode('NewCustomerResponse', CUSTOMER),
    value: WRITTEN,
    tags: OF_CUSTOMER,
    failed: ['customers'],
  },
  'customers.update': {
    run: ({ customers }) => customers.update('5', { companyName: 'Name', customerContractType: 'pay' }),
    write: ['customers.update', '5', { companyName: 'Name', customerContractType: 'pay' }],
    answer: () => decode('UpdateCustomerResponse', CUSTOMER),
    value: WRITTEN,
    tags: OF_CUSTOMER,
  },
  'customers.remove': {
    run: ({ customers }) => customers.remove('5'),
    write: ['customers.remove', '5'],
    answer: nothing,
    value: { id: '5' },
    tags: OF_CUSTOMER,
  },
  'customerAttributes.merge': {
    run: ({ customerAttributes }) => customerAttributes.merge('5', ATTRIBUTES),
    write: ['customerAttributes.merge', '5', { items: ATTRIBUTES }],
    answer: customer,
    value: WRITTEN,
    tags: OF_CUSTOMER,
  },
  'customerAttributes.replace': {
    run: ({ customerAttributes }) => customerAttributes.replace('5', ATTRIBUTES),
    write: ['customerAttributes.replace', '5', { items: ATTRIBUTES }],
    answer: nothing,
    value: { id: '5', known: { id: '5' } },
    tags: OF_CUSTOMER,
  },
  'customerAttributes.remove': {
    run: ({ customerAttributes }) => customerAttributes.remove('5', 'k'),
    write: ['customerAttributes.remove', '5', 'k'],
    answer: nothing,
    value: { id: '5', known: { id: '5' } },
    tags: OF_CUSTOMER,
  },
  'webhooks.create': {
    run: ({ webhooks }) => webhooks.create({ name: 'Hook', secret: null } as never),
    write: ['webhooks.create', { name: 'Hook' }],
    answer: webhook,
    value: expect.objectContaining({ id: '5', name: 'Hook' }),
    tags: ['webhooks'],
  },
  'webhooks.update': {
    run: ({ webhooks }) => webhooks.update('5', { name: 'Hook' }),
    write: ['webhooks.update', '5', { name: 'Hook' }],
    answer: webhook,
    value: expect.objectContaining({ id: '5', name: 'Hook' }),
    tags: OF_WEBHOOK,
  },
  'webhooks.remove': {
    run: ({ webhooks }) => webhooks.remove('5'),
    write: ['webhooks.remove', '5'],
    answer: nothing,
    value: { id: '5' },
    tags: OF_WEBHOOK,
  },
  'webhooks.resetLifetime': {
    run: ({ webhooks }) => webhooks.resetLifetime('5'),
    write: ['webhooks.resetLifetime', '5'],
    answer: webhook,
    value: expect.objectContaining({ id: '5', name: 'Hook' }),
    tags: OF_WEBHOOK,
  },
};

interface Given {
  outcome: Promise<Outcome<unknown>>;
  calls: Call[];
  invalidated: (readonly string[])[];
  hasDetached: () => boolean;
}

function give(run: Command['run'], answers: Answers): Given {
  const { upstream, calls } = createUpstream(answers);
  const { begin, invalidated, scope } = createUnitOperations(upstream);
  let detached = 0;
  const { detach } = scope.coalescer;
  scope.coalescer.detach = () => {
    detached += 1;
    detach();
  };
  return {
    outcome: run(createCommands(upstream, begin(), () => true)),
    calls,
    invalidated,
    hasDetached: () => detached > 0,
  };
}

describe.each(Object.entries(COMMANDS))(
  'the command %s',
  (name, { run, write, answer, value, tags, failed = tags }) => {
    it('sends one write, says what came of it, and has forgotten what it changed', async () => {
      const given = give(run, { [name]: answer });
      expect(await given.outcome).toEqual({ value, userErrors: [] });
      expect(given.calls).toEqual([write]);
      expect(given.invalidated).toEqual([tags]);
      expect(given.hasDetached()).toBe(true);
    });

    it('forgets nothing before the write has ended', async () => {
      let end: (value: unknown) => void = nothing;
      const answered = new Promise((resolve) => {
        end = resolve;
      });
      const given = give(run, { [name]: () => answered });
      await new Promise((resolve) => setImmediate(resolve));
      expect([given.calls, given.invalidated, given.hasDetached()]).toEqual([[write], [], false]);
      end(answer());
      await given.outcome;
      expect(given.invalidated).toEqual([tags]);
    });

    it('reports a refusal that the caller can correct, and forgets all the same', async () => {
      const given = give(run, { [name]: rejects(failure({ status: 400, errorCode: -80000 })) });
      expect(await given.outcome).toEqual({
        value: null,
        userErrors: [
          {
            code: 'REQUIRED_FIELD_MISSING',
            message: 'A mandatory field is missing or empty.',
            field: null,
            upstreamCode: -80000,
          },
        ],
      });
      expect(given.calls).toEqual([write]);
      expect(given.invalidated).toEqual([failed]);
    });

    it.each([
      ['an outage', failure({ status: 503 })],
      ['an unknown outcome', failure({ kind: 'unreachable', outcomeUnknown: true })],
      ['a refusal that no input puts right', failure({ status: 403 })],
      ['a bug', new TypeError('a bug')],
    ])('throws %s, is sent once, and forgets all the same', async (_, error) => {
      const given = give(run, { [name]: rejects(error) });
      await expect(given.outcome).rejects.toBe(error);
      expect(given.calls).toEqual([write]);
      expect(given.invalidated).toEqual([failed]);
      expect(given.hasDetached()).toBe(true);
    });
  },
);

describe('where the input at fault is', () => {
  const refusedBy = async (run: Command['run'], name: string, details: object): Promise<unknown> =>
    (await give(run, { [name]: rejects(failure(details)) }).outcome).userErrors[0]?.field;

  it.each<[Command['run'], string, object, string[]]>([
    [({ customers }) => customers.remove('5'), 'customers.remove', { status: 404, errorCode: -90103 }, ['input', 'id']],
    [
      ({ customers }) => customers.update('5', { customerContractType: 'pay' }),
      'customers.update',
      { status: 404, errorCode: -90103 },
      ['input', 'id'],
    ],
    [
      ({ customers }) => customers.update('5', { customerContractType: 'pay' }),
      'customers.update',
      { status: 400, errorCode: -90111 },
      ['input', 'customerContractType'],
    ],
    [
      ({ customers }) => customers.create({ quotaMax: 1 } as never),
      'customers.create',
      { status: 400, errorCode: -90510 },
      ['input', 'quotaMax'],
    ],
    [
      ({ customerAttributes }) => customerAttributes.merge('5', [...ATTRIBUTES, { key: 'ä', value: '' }]),
      'customerAttributes.merge',
      { status: 400, errorCode: -80023 },
      ['input', 'attributes', '1', 'key'],
    ],
    [
      ({ customerAttributes }) => customerAttributes.replace('5', [...ATTRIBUTES, { key: 'K', value: '' }]),
      'customerAttributes.replace',
      { status: 400, errorCode: -80015 },
      ['input', 'attributes', '1', 'key'],
    ],
    [
      ({ customerAttributes }) => customerAttributes.merge('5', []),
      'customerAttributes.merge',
      { status: 404, errorCode: -90103 },
      ['input', 'customerId'],
    ],
    [
      ({ customerAttributes }) => customerAttributes.remove('5', 'k'),
      'customerAttributes.remove',
      { status: 404, errorCode: -70550 },
      ['input', 'key'],
    ],
    [({ webhooks }) => webhooks.remove('5'), 'webhooks.remove', { status: 404, errorCode: -91000 }, ['input', 'id']],
    [
      ({ webhooks }) => webhooks.resetLifetime('5'),
      'webhooks.resetLifetime',
      { status: 404, errorCode: -91000 },
      ['input', 'id'],
    ],
    [
      ({ webhooks }) => webhooks.update('5', { url: 'x' }),
      'webhooks.update',
      { status: 400, errorCode: -80010 },
      ['input', 'url'],
    ],
    [
      ({ webhooks }) => webhooks.update('5', { name: 'x' }),
      'webhooks.update',
      { status: 404, errorCode: -91000 },
      ['input', 'id'],
    ],
    [
      ({ webhooks }) => webhooks.create({ url: 'x' } as never),
      'webhooks.create',
      { status: 400, errorCode: -80010 },
      ['input', 'url'],
    ],
  ])('is told, case %#', async (run, name, details, field) => {
    expect(await refusedBy(run, name, details)).toEqual(field);
  });
});

/** Also by the deprecated twin of `isLocked`. */
const LOCKED_BOTH_WAYS: object = { isLocked: false, lockStatus: true };

describe('a command that the gateway refuses by itself', () => {
  it.each<[string, Command['run'], object]>([
    [
      'lock fields that contradict each other in a creation',
      ({ customers }) => customers.create({ isLocked: true, lockStatus: false } as never),
      { code: 'INVALID_INPUT', field: ['input', 'lockStatus'] },
    ],
    [
      'lock fields that contradict each other in a change',
      ({ customers }) => customers.update('5', LOCKED_BOTH_WAYS),
      { code: 'INVALID_INPUT', field: ['input', 'lockStatus'] },
    ],
    [
      'null in a change',
      ({ customers }) => customers.update('5', { companyName: null } as never),
      { code: 'INVALID_INPUT', field: ['input', 'companyName'] },
    ],
    [
      'null in a change of a webhook',
      ({ webhooks }) => webhooks.update('5', { secret: null } as never),
      { code: 'INVALID_INPUT', field: ['input', 'secret'] },
    ],
    [
      'a key that cannot stand in a path',
      ({ customerAttributes }) => customerAttributes.remove('5', '../x'),
      { code: 'INVALID_CHARACTERS', field: ['input', 'key'] },
    ],
  ])('for %s sends and forgets nothing', async (_, run, userError) => {
    const given = give(run, {});
    expect(await given.outcome).toEqual({
      value: null,
      userErrors: [
        expect.objectContaining({ ...userError, upstreamCode: null, message: expect.stringMatching(/\.$/) as string }),
      ],
    });
    expect([given.calls, given.invalidated, given.hasDetached()]).toEqual([[], [], false]);
  });

  it('takes lock fields that agree, or one of them with null beside it', async () => {
    for (const input of [
      { isLocked: true, lockStatus: true },
      { isLocked: false, lockStatus: false },
      { isLocked: true, lockStatus: null },
      { isLocked: null, lockStatus: false },
    ]) {
      const given = give(({ customers }) => customers.create(input as never), {
        'customers.create': () => decode('NewCustomerResponse', CUSTOMER),
      });
      expect((await given.outcome).userErrors).toEqual([]);
    }
  });

  it('reports every null of a change', async () => {
    const { outcome } = give(
      ({ customers }) => customers.update('5', { companyName: null, userMax: null } as never),
      {},
    );
    expect((await outcome).userErrors.map(({ field }) => field)).toEqual([
      ['input', 'companyName'],
      ['input', 'userMax'],
    ]);
  });
});

describe('a change without the contract type', () => {
  const change: Command['run'] = ({ customers }) => customers.update('5', { userMax: 7 });
  const updated = () => decode('UpdateCustomerResponse', CUSTOMER);
  const read: Call = ['customers.get', '5', { includeAttributes: false }];

  it('reads it first and repeats it', async () => {
    const { outcome, calls } = give(change, { 'customers.get': customer, 'customers.update': updated });
    expect((await outcome).value).toEqual(WRITTEN);
    expect(calls).toEqual([read, ['customers.update', '5', { userMax: 7, customerContractType: 'pay' }]]);
  });

  it('is refused if there is no such customer, without a write', async () => {
    const { outcome, calls, invalidated } = give(change, {
      'customers.get': rejects(failure({ status: 404, errorCode: -90103 })),
    });
    expect(await outcome).toEqual({
      value: null,
      userErrors: [
        {
          code: 'CUSTOMER_NOT_FOUND',
          message: 'This customer does not exist.',
          field: ['input', 'id'],
          upstreamCode: -90103,
        },
      ],
    });
    expect([calls, invalidated]).toEqual([[read], []]);
  });

  it.each([
    ['is another 404', failure({ status: 404, errorCode: -1 })],
    ['is an outage', failure({ status: 503 })],
  ])('fails without a write if what the read says %s', async (_, error) => {
    const { outcome, calls } = give(change, { 'customers.get': rejects(error) });
    await expect(outcome).rejects.toBe(error);
    expect(calls).toEqual([read]);
  });

  it('fails without a write if the upstream has broken the contract type', async () => {
    const broken = (): unknown => decode('Customer', { ...CUSTOMER, customerContractType: 'gift' });
    const { outcome, calls } = give(change, { 'customers.get': broken });
    await expect(outcome).rejects.toMatchObject({ place: 'Customer.customerContractType' });
    expect(calls).toEqual([read]);
  });
});

describe('a change of nothing', () => {
  const change: Command['run'] = ({ customers }) => customers.update('5', { companyName: undefined } as never);

  it('is answered by a read', async () => {
    const { outcome, calls, invalidated } = give(change, { 'customers.get': customer });
    expect(await outcome).toEqual({ value: { id: '5', known: { id: '5' } }, userErrors: [] });
    expect([calls, invalidated]).toEqual([[['customers.get', '5', { includeAttributes: false }]], []]);
  });

  it('of an unknown customer is refused', async () => {
    const { outcome } = give(change, { 'customers.get': rejects(failure({ status: 404, errorCode: -90103 })) });
    expect(await outcome).toMatchObject({ value: null, userErrors: [{ code: 'CUSTOMER_NOT_FOUND' }] });
  });
});
