import { connectRaw } from '../support/connect-raw.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { startStack, type Stack } from '../support/start-stack.js';

interface Answer {
  data: { customer: { id: string; companyName: string } | null };
  errors?: { extensions: { code: string } }[];
}

const QUERY = 'query Collapsed($id: ID!) { customer(id: $id) { id companyName } }';
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
  // Requests of an operation that is known are taken in within one turn of the event loop.
  for (let time = 0; time < 3; time += 1) await stack.data(QUERY, { id: '1' });
});
afterAll(() => stack.close());
beforeEach(() => {
  stack.sandbox.log.clear();
  stack.sandbox.faults.clear();
});

/** Asks for each customer by a request of its own; all of them arrive in one packet. */
async function askAtOnce(
  wanted: readonly string[],
  { url = stack.gateway.url, token = SANDBOX_TOKENS.first }: { url?: string; token?: string } = {},
): Promise<Answer[]> {
  const connection = await connectRaw(url);
  const requests = wanted.map((id, index) => {
    const body = JSON.stringify({ query: QUERY, variables: { id } });
    const end = index === wanted.length - 1 ? 'connection: close\r\n' : '';
    const head = `host: gateway\r\ncontent-type: application/json\r\nx-sds-service-token: ${token}\r\n${end}`;
    return `POST /graphql HTTP/1.1\r\n${head}content-length: ${body.length}\r\n\r\n${body}`;
  });
  connection.send(requests.join(''));
  await connection.closed;
  const bodies = connection.received().split('HTTP/1.1 ').slice(1);
  return bodies.map((answer) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as Answer);
}

const idsIn = (answers: readonly Answer[]): (string | undefined)[] => answers.map(({ data }) => data.customer?.id);

describe('look-ups of several operations at the same time', () => {
  it('are one upstream request, and each gets the answer that it would get alone', async () => {
    const wanted = [...ids(16), '16'];
    const answers = await askAtOnce(wanted);
    expect(idsIn(answers)).toEqual(wanted);
    expect(stack.sandbox.log.all().map(({ query }) => query['filter'])).toEqual([`id:eq:${ids(16).join(':')}`]);
    const alone = await stack.data<Answer['data'], { id: string }>(QUERY, { id: '9' });
    expect(answers[8]?.data).toEqual(alone);
  });

  it('find out alone that a customer is not there', async () => {
    expect(idsIn(await askAtOnce(['3', '9999', '4']))).toEqual(['3', undefined, '4']);
    expect(stack.sandbox.log.all().map(({ path }) => path)).toEqual([
      '/v4/provisioning/customers',
      '/v4/provisioning/customers/9999',
    ]);
  });

  it('are never shared with those of another caller', async () => {
    const [mine, theirs] = await Promise.all([
      askAtOnce(ids(12)),
      askAtOnce(ids(12), { token: SANDBOX_TOKENS.second }),
    ]);
    const names = (answers: readonly Answer[]): (string | undefined)[] =>
      answers.map(({ data }) => data.customer?.companyName);
    expect(names(theirs)).toHaveLength(12);
    expect(names(theirs).filter((name) => names(mine).includes(name))).toEqual([]);
    expect(stack.sandbox.log.all()).toHaveLength(2);
  });

  it('do not fail together: what a filter that fails would have brought is read alone', async () => {
    stack.sandbox.faults.add({
      match: { path: /customers$/ },
      action: { kind: 'respond', status: 500, body: {} },
    });
    expect(idsIn(await askAtOnce(ids(12)))).toEqual(ids(12));
    expect(stack.sandbox.log.of('requestCustomer')).toHaveLength(12);
  });

  it('fail alone where only one customer cannot be read', async () => {
    stack.sandbox.faults.add({
      match: { path: /customers(\/7)?$/ },
      action: { kind: 'respond', status: 500, body: {} },
    });
    const answers = await askAtOnce(ids(12));
    expect(idsIn(answers)).toEqual(ids(12).map((id) => (id === '7' ? undefined : id)));
    expect(answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code))).toEqual([
      'UPSTREAM_ERROR',
    ]);
  });

  it('are single requests where the filter is switched off', async () => {
    const single = await startStack({ env: { UPSTREAM_MULTI_ID_FILTER: 'off' } });
    try {
      expect(idsIn(await askAtOnce(ids(12), { url: single.gateway.url }))).toEqual(ids(12));
      expect(single.sandbox.log.of('requestCustomer')).toHaveLength(12);
      expect(single.sandbox.log.of('requestCustomers')).toHaveLength(0);
    } finally {
      await single.close();
    }
  });
});
