import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { deliver, envelopeOf, EVENT_TYPE, sign } from '../support/deliver.js';
import { runCli, type CliRun } from '../support/run-cli.js';
import { createSandboxCall, itemsOf, textOf } from '../support/sandbox-client.js';
import { startStack } from '../support/start-stack.js';

const URL_OF_GATEWAY = 'https://gateway.example/webhooks/dracoon';
const LIST = '/v4/provisioning/webhooks';
const OURS = ['customer.created', 'customer.deleted', 'webhook.expiring'];

describe('webhook register', () => {
  let sandbox: Sandbox;
  beforeEach(async () => (sandbox = await startSandbox({ customers: 5 })));
  afterEach(() => sandbox.close());

  const register = (options: readonly string[] = [], env: Record<string, string> = {}): Promise<CliRun> =>
    runCli(['webhook', 'register', '--url', URL_OF_GATEWAY, ...options], {
      UPSTREAM_URL: sandbox.url,
      UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
      ...env,
    });
  const secretIn = ({ stdout }: CliRun): string | undefined => /^WEBHOOK_SECRETS=([\w-]{43})\n$/.exec(stdout)?.[1];
  const writes = () => sandbox.log.all().filter(({ method }) => method !== 'GET');
  const ours = async () => {
    const all = itemsOf(await createSandboxCall(sandbox)('GET', LIST, { query: { limit: '500' } }));
    return all.filter((webhook) => webhook['url'] === URL_OF_GATEWAY);
  };
  const create = (parts: object = {}) =>
    createSandboxCall(sandbox)('POST', LIST, {
      body: { name: 'by hand', url: URL_OF_GATEWAY, eventTypeNames: ['customer.created'], ...parts },
    });

  it('creates the webhook, and prints its secret and nothing else to stdout', async () => {
    const run = await register();
    const secret = secretIn(run);
    expect([run.code, secret]).toEqual([0, expect.any(String)]);
    expect(run.stderr).toMatch(/Webhook \d+ was created\.\nSet this in the environment of the gateway/);
    expect(run.stderr).not.toContain(secret);
    expect(sandbox.log.all().map(({ operationId }) => operationId)).toEqual([
      'requestListOfTenantWebhooks',
      'createTenantWebhook',
    ]);
    expect(JSON.parse(writes()[0]?.body ?? '')).toEqual({
      name: 'dracoon-graphql-gateway',
      url: URL_OF_GATEWAY,
      eventTypeNames: OURS,
      isEnabled: true,
      secret,
    });
  });

  it('prints what a gateway then takes deliveries by', async () => {
    const secret = secretIn(await register()) ?? '';
    const stack = await startStack({ env: { WEBHOOK_SECRETS: secret, UPSTREAM_TOKEN: SANDBOX_TOKENS.first } });
    const body = envelopeOf(EVENT_TYPE.customerCreated);
    const { status } = await deliver(stack.gateway, body, sign(body, secret));
    await stack.close();
    expect(status).toBe(200);
  });

  it('writes nothing the second time, and says that the secret cannot be shown', async () => {
    await register();
    sandbox.log.clear();
    const { code, stdout, stderr } = await register();
    expect([code, stdout, writes()]).toEqual([0, '', []]);
    expect(stderr).toMatch(/Webhook \d+ exists, and needs no change\.\nIt keeps its secret, which cannot be shown/);
    expect(await ours()).toHaveLength(1);
  });

  it('completes a webhook that someone made by hand, and leaves its secret alone', async () => {
    await create({ isEnabled: false, secret: 'a-secret-of-someone' });
    const { code, stdout, stderr } = await register();
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/Webhook \d+ existed, and was changed\./);
    const [webhook, ...others] = await ours();
    expect(others).toEqual([]);
    expect(webhook).toMatchObject({
      name: 'dracoon-graphql-gateway',
      isEnabled: true,
      eventTypeNames: OURS,
      secret: 'a-secret-of-someone',
    });
  });

  it('sets another secret where it is told to', async () => {
    const first = secretIn(await register());
    sandbox.log.clear();
    const run = await register(['--rotate-secret'], { WEBHOOK_SECRETS: first ?? '' });
    const second = secretIn(run);
    expect([run.code, second]).toEqual([0, expect.any(String)]);
    expect(second).not.toBe(first);
    expect(run.stderr).toContain('Append the current secrets after a comma');
    expect(writes().map(({ operationId }) => operationId)).toEqual(['updateTenantWebhook']);
    expect((await ours()).map((webhook) => textOf(webhook, 'secret'))).toEqual([second]);
  });

  it('names others with the same URL, and takes the one of its name', async () => {
    await create();
    await register();
    await create({ name: 'dracoon-graphql-gateway', eventTypeNames: OURS });
    const [first, second] = (await ours()).map((webhook) => textOf(webhook, 'id'));
    const { stderr } = await register();
    expect(stderr).toContain(`Webhook ${first ?? ''} exists`);
    expect(stderr).toContain(`Webhooks ${second ?? ''} have the same URL`);
  });

  it('finds the webhook behind the pages that an upstream makes shorter', async () => {
    await register();
    sandbox.log.clear();
    sandbox.faults.add({
      match: { operationId: 'requestListOfTenantWebhooks' },
      times: 1,
      action: {
        kind: 'transform',
        transform: (json) => ({ ...(json as object), items: (json as { items: unknown[] }).items.slice(0, 10) }),
      },
    });
    expect((await register()).stderr).toContain('needs no change');
    expect(sandbox.log.all().map(({ query }) => query['offset'])).toEqual(['0', '10']);
  });

  it('says how to go on if no one knows whether it was created', async () => {
    sandbox.faults.add({ match: { operationId: 'createTenantWebhook' }, times: 1, action: { kind: 'reset-mid-body' } });
    const { code, stdout, stderr } = await register();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('run this again with --rotate-secret');
    expect(writes()).toHaveLength(1);
    expect(secretIn(await register(['--rotate-secret']))).toBeDefined();
    expect(await ours()).toHaveLength(1);
  });

  it('takes its credential from a file that cannot be read for a wrong configuration', async () => {
    const { code, stderr } = await register([], { UPSTREAM_TOKEN: '', UPSTREAM_TOKEN_FILE: 'no/such/file' });
    expect(code).toBe(1);
    expect(stderr).toContain('UPSTREAM_TOKEN_FILE must be a file that can be read (ENOENT)');
  });

  it.each([
    [{ UPSTREAM_URL: '' }, 'UPSTREAM_URL must name the DRACOON server.'],
    [{ UPSTREAM_TOKEN: '' }, "UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE must hold the gateway's own token."],
    [{ UPSTREAM_TOKEN: 'another-token' }, 'Registering the webhook failed. '],
    [{ UPSTREAM_URL: 'http://127.0.0.1:1/api' }, 'Registering the webhook failed. The upstream is not available.'],
    [{ PORT: 'x' }, 'The configuration is invalid:\n  - PORT must be'],
  ])('fails with 1 and %j, without a stack', async (env, message) => {
    const { code, stdout, stderr } = await register([], env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at |another-token/m);
    expect(writes()).toEqual([]);
  });

  it.each([
    ['http://gateway.example/webhooks/dracoon', 'an https URL'],
    ['gateway.example', 'an https URL'],
    ['https://user:password@gateway.example/webhooks/dracoon', 'no credentials'],
  ])('refuses --url %s with 2', async (url, message) => {
    const { code, stderr } = await runCli(['webhook', 'register', '--url', url]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('points out a path that something has to map', async () => {
    const { stderr } = await register(['--url', 'https://gateway.example/hooks']);
    expect(stderr).toContain('Note: the gateway takes webhooks at /webhooks/dracoon; a proxy in front of it must map');
  });
});
