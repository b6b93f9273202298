import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { startGateway } from '../support/start-gateway.js';

/** Marks on everything that must not get out; each test searches all output for them. */
const SECRETS = {
  token: 'sandbox-provider-one',
  password: 'MARKED-pässword-1',
  webhookSecret: 'MARKED-webhook-secret',
  upstreamHeader: 'MARKED-header',
};

/** The upstream's words: the log may have them, without what the caller sent. */
const WORDS = { message: 'MARKED-message', debugInfo: 'MARKED-debug-info' };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ customers: 40 });
});
afterAll(() => sandbox.close());

/** Runs requests against a gateway whose log is recorded at every level, and returns all that it said to anyone. */
async function record(upstreamUrl: string, bodies: readonly object[]): Promise<{ output: string; answers: string }> {
  const lines: string[] = [];
  const answers: string[] = [];
  const write = (facts: object, message: string): void => {
    const plain = JSON.stringify(facts, (_key, value: unknown) =>
      value instanceof Error ? [Object.entries(value), value.message, value.stack] : value,
    );
    lines.push(`${plain} ${message}`);
  };
  const gateway = await startGateway(
    { UPSTREAM_URL: upstreamUrl, UPSTREAM_TIMEOUT_MS: '200', UPSTREAM_LIST_TIMEOUT_MS: '200', LOG_OPERATIONS: 'all' },
    { info: write, warn: write, error: write },
  );
  try {
    for (const body of bodies) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-sds-service-token': SECRETS.token,
          'x-explain-upstream': '1',
        },
        body: JSON.stringify(body),
      });
      answers.push(JSON.stringify([...response.headers]), await response.text());
    }
    return { output: [...lines, ...answers].join('\n'), answers: answers.join('\n') };
  } finally {
    await gateway.close(0);
  }
}

const OPERATIONS: readonly object[] = [
  { query: '{ customer(id: 1) { id companyName users { totalCount } } }' },
  { query: '{ a: customer(id: 1) { id } b: customer(id: 2) { id } c: customer(id: 3) { id } }' },
  { query: '{ customers { totalCount nodes { id isLocked } } }' },
  { query: '{ customerByUuid(customerUuid: "00000000-0000-4000-8000-000000000000") { id } }' },
  {
    query:
      '{ webhooks { nodes { id url } } webhook(id: 1) { name } webhookEventTypes { name } upstreamVersion { restApiVersion } }',
  },
  {
    query:
      'mutation ($i: CreateCustomerInput!) { createCustomer(input: $i) { customer { id quotaUsed } userErrors { code message } } }',
    variables: {
      i: {
        customerContractType: 'PAY',
        quotaMax: 1,
        userMax: 1,
        firstAdminUser: {
          firstName: 'A',
          lastName: 'B',
          authData: { method: 'basic', login: 'a', password: SECRETS.password },
        },
      },
    },
  },
  {
    query:
      'mutation ($i: CreateWebhookInput!) { createWebhook(input: $i) { webhook { id name url } userErrors { code message } } }',
    variables: {
      i: {
        name: 'n',
        url: 'https://example.com/',
        eventTypeNames: ['customer.created'],
        secret: SECRETS.webhookSecret,
      },
    },
  },
  { query: '{ customer(id: "../1") { id } customers(first: 0) { totalCount } }' },
  { query: '{ nonsense' },
  { query: '{ nonsense }' },
  { query: 'query ($v: Long) { customers(filter: { quotaMax: { gte: $v } }) { totalCount } }', variables: { v: 'x' } },
];

const marked = WORDS;
const respond = (status: number, body: object | string = { code: status, ...marked }) =>
  ({
    kind: 'respond',
    status,
    body,
    // A 429 without it holds each attempt back for a second.
    headers: { 'x-marked': SECRETS.upstreamHeader, location: 'http://marked-host.example/', 'retry-after': '0' },
  }) as const;

const FAULTS = [
  ['none', undefined],
  ...[301, 400, 401, 402, 403, 404, 409, 429, 500, 502, 503].map(
    (status) => [String(status), respond(status)] as const,
  ),
  ['a body that is no JSON', respond(200, `<html>${WORDS.debugInfo}</html>`)],
  ['an answer of another form', respond(200, { ...marked, items: [WORDS.debugInfo, null], range: WORDS.debugInfo })],
  ['a reset', { kind: 'reset' }],
  ['a reset within the body', { kind: 'reset-mid-body' }],
  ['silence', { kind: 'hang' }],
] as const;

describe('on every path of failure', () => {
  afterEach(() => sandbox.faults.clear());

  it.each(FAULTS)('nothing secret gets into an answer or the log: %s', async (_, action) => {
    if (action) sandbox.faults.add({ action });
    const { output, answers } = await record(sandbox.url, OPERATIONS);
    for (const secret of Object.values(SECRETS)) expect(output).not.toContain(secret);
    for (const words of Object.values(WORDS)) expect(answers).not.toContain(words);
    expect(output).not.toContain('marked-host');
    expect(output).not.toContain(new URL(sandbox.url).host);
    expect(output).not.toMatch(/\/v4\/provisioning|node_modules|\.ts:\d+/);
    expect(output).not.toContain('INTERNAL_SERVER_ERROR');
  });

  it('nor where the upstream repeats what it was sent', async () => {
    for (const [operationId, secret] of [
      ['createCustomer', SECRETS.password],
      ['createWebhook', SECRETS.webhookSecret],
      ['requestCustomer', SECRETS.token],
    ] as const) {
      const body = { code: 418, message: `Echo ${secret} here`, debugInfo: `${secret},${SECRETS.token}` };
      sandbox.faults.add({ match: { operationId }, action: respond(418, body) });
    }
    const { output } = await record(sandbox.url, OPERATIONS);
    expect(output).toContain('Echo … here');
    for (const secret of Object.values(SECRETS)) expect(output).not.toContain(secret);
  });

  it('nor if the upstream is not there', async () => {
    const { output } = await record('http://127.0.0.1:9/api', OPERATIONS);
    expect(output).toContain('UPSTREAM_UNAVAILABLE');
    expect(output).toContain('upstream call failed');
    for (const secret of [...Object.values(SECRETS), '127.0.0.1:9', '/v4/provisioning']) {
      expect(output).not.toContain(secret);
    }
  });
});
