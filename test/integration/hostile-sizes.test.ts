import { once } from 'node:events';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { connectRaw } from '../support/connect-raw.js';
import { startProcess, until, type GatewayProcess } from '../support/start-process.js';
import type { ClientError } from '../support/start-stack.js';

/** An idle gateway needs half of it. What a hostile answer makes the gateway keep does not fit into the rest. */
const HEAP_MIB = 100;
const MEBIBYTE = 2 ** 20;
const ITEMS = 3_000_000;
const EMPTY_OBJECTS = '{},'.repeat(ITEMS - 1) + '{}';
const DIGITS = '9'.repeat(15 * MEBIBYTE);
const RANGE = '"range":{"offset":0,"limit":3,"total":9}';

const PAGE = '{ customers(first: 3) { totalCount nodes { companyName } } }';
const ONE = '{ customer(id: 5) { companyName } }';
const ID = '{ customer(id: 5) { id companyName } }';
const ATTRIBUTES = '{ customer(id: 5) { customerAttributes { value(key: "a") } } }';
const USERS = '{ customer(id: 5) { users(first: 3) { nodes { id } } } }';
const WEBHOOKS = '{ webhooks(first: 3) { nodes { id } } }';

const VIOLATION = 'UPSTREAM_CONTRACT_VIOLATION';

let sandbox: Sandbox;
let gateway: GatewayProcess;
let url: string;
beforeAll(async () => {
  sandbox = await startSandbox({ customers: 12 });
  gateway = startProcess(
    {
      PORT: '0',
      UPSTREAM_URL: sandbox.url,
      UPSTREAM_CHECK_SECONDS: '0',
      UPSTREAM_TIMEOUT_MS: '60000',
      REQUEST_TIMEOUT_MS: '60000',
      ARRIVAL_TIMEOUT_MS: '60000',
      MAX_EVENT_LOOP_DELAY_MS: '0',
      MAX_BODY_BYTES: String(2 * MEBIBYTE),
      LOG_LEVEL: 'silent',
    },
    [`--max-old-space-size=${HEAP_MIB}`],
  );
  await until(() => gateway.output().includes('curl '));
  url = /Endpoint +(\S+)/.exec(gateway.output())?.[1] ?? '';
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => {
  const { child } = gateway;
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await sandbox.close();
});

async function execute(query: string): Promise<{ data: unknown; codes: string[] | undefined }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: ClientError[] };
  return { data, codes: errors?.map(({ extensions }) => extensions.code) };
}

const chunked = (text: string): string => text.replaceAll(/[^]/g, '1\r\n$&\r\n') + '0\r\n\r\n';

describe('a gateway with little memory survives an answer', () => {
  it.each([
    ['of three million items for a page of three', PAGE, `{${RANGE},"items":[${EMPTY_OBJECTS}]}`],
    ['of three million items, and their range behind them', PAGE, `{"items":[${EMPTY_OBJECTS}],${RANGE}}`],
    ['of three million items, with white space', PAGE, `{ "items": [${EMPTY_OBJECTS}], ${RANGE} }`],
    ['of three million users', USERS, `{${RANGE},"items":[${EMPTY_OBJECTS}]}`],
    ['of three million webhooks', WEBHOOKS, `{${RANGE},"items":[${EMPTY_OBJECTS}]}`],
    ['of three million attributes', ATTRIBUTES, `{"id":5,"customerAttributes":{"items":[${EMPTY_OBJECTS}]}}`],
    ['of lists in lists', ONE, `{"id":5,"x":${'['.repeat(ITEMS)}${']'.repeat(ITEMS)}}`],
    ['of fifteen million digits in place of a text', ONE, `{"id":5,"companyName":${DIGITS}}`],
    ['of fifteen million digits in place of an id', ID, `{ "id": -${DIGITS}, "companyName": "ACME" }`],
  ])('%s', async (_, query, body) => {
    sandbox.faults.add({ action: { kind: 'respond', status: 200, body } });
    for (let sent = 0; sent < 4; sent += 1) {
      const { codes } = await execute(query);
      expect(codes).toEqual([VIOLATION]);
    }
    sandbox.faults.clear();
    expect(await execute(ONE)).toMatchObject({ data: { customer: { companyName: expect.any(String) } } });
  });

  it.each([
    ['fifteen million digits', `{"errorCode":${DIGITS}}`],
    ['five million objects', `{"errorCode":-90103,"more":[${EMPTY_OBJECTS}]}`],
  ])('with an error body of %s', async (_, body) => {
    sandbox.faults.add({ action: { kind: 'respond', status: 404, body } });
    for (let sent = 0; sent < 4; sent += 1) expect((await execute(ONE)).codes).toEqual(['UPSTREAM_ERROR']);
  });

  it('of a million chunks of one byte', async () => {
    const body = `{"id":5,"companyName":"ACME"${' '.repeat(MEBIBYTE)}}`;
    const bytes = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunked(body)}`;
    sandbox.faults.add({ action: { kind: 'raw', bytes } });
    expect(await execute(ONE)).toEqual({ data: { customer: { companyName: 'ACME' } }, codes: undefined });
  });
});

describe('a gateway with little memory survives a request', () => {
  it('of a million chunks of one byte', async () => {
    const client = await connectRaw(url);
    const body = `{"query":"{ __typename }"${' '.repeat(MEBIBYTE)}}`;
    const head =
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n';
    client.send(`${head}connection: close\r\n\r\n${chunked(body)}`);
    await client.closed;
    expect(client.received()).toContain('{"data":{"__typename":"Query"}}');
  });
});
