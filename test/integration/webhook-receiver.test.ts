import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { deliver, envelopeOf, EVENT_TYPE, sign, WEBHOOK_SECRET } from '../support/deliver.js';
import type { Stack } from '../support/start-stack.js';
import { createSandboxCall } from '../support/sandbox-client.js';
import { useStack } from '../support/use-stack.js';

const ENV = {
  WEBHOOK_SECRETS: `the-next-secret-of-it,${WEBHOOK_SECRET}`,
  UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
  CACHE_TTL_SECONDS: '60',
};
const ONE = '{ customer(id: 5) { companyName } }';
const COUNT = '{ customers { totalCount } }';

describe('POST /webhooks/dracoon', () => {
  const start = useStack({ customers: 40 });

  /** Deletes a customer behind the gateway's back. */
  const removeUpstream = (stack: Stack, id: number): Promise<unknown> =>
    createSandboxCall(stack.sandbox)('DELETE', `/v4/provisioning/customers/${id}`);

  it('is nothing without a secret', async () => {
    const stack = await start({ UPSTREAM_TOKEN: SANDBOX_TOKENS.first });
    expect((await deliver(stack.gateway, envelopeOf(EVENT_TYPE.customerDeleted))).status).toBe(404);
  });

  it('makes later reads see what the upstream tells, of every caller', async () => {
    const stack = await start(ENV);
    const asSecond = { 'x-sds-service-token': SANDBOX_TOKENS.second };
    expect((await stack.execute(ONE)).data).toMatchObject({ customer: {} });
    expect((await stack.execute(COUNT)).data).toEqual({ customers: { totalCount: 40 } });
    await stack.execute(COUNT, undefined, asSecond);
    await removeUpstream(stack, 5);
    expect((await stack.execute(ONE)).data).toMatchObject({ customer: {} });

    expect((await deliver(stack.gateway, envelopeOf(EVENT_TYPE.customerDeleted))).status).toBe(200);
    expect((await stack.execute(ONE)).data).toEqual({ customer: null });
    expect((await stack.execute(COUNT)).data).toEqual({ customers: { totalCount: 39 } });
    stack.sandbox.log.clear();
    await stack.execute(COUNT, undefined, asSecond);
    expect(stack.sandbox.log.of('requestCustomers')).toHaveLength(1);
  });

  it('reads the event types once', async () => {
    const stack = await start(ENV);
    for (const customerId of [5, 6, 7]) {
      expect((await deliver(stack.gateway, envelopeOf(EVENT_TYPE.customerCreated, { customerId }))).status).toBe(200);
    }
    expect(stack.sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestListOfEventTypesForTenant']);
  });

  it('takes any of its secrets, and refuses everything else before it reads it', async () => {
    const stack = await start(ENV);
    const body = envelopeOf(EVENT_TYPE.customerDeleted);
    const statusOf = async (signature: string | null, text = body): Promise<number> =>
      (await deliver(stack.gateway, text, signature)).status;
    expect(await statusOf(sign(body, 'the-next-secret-of-it'))).toBe(200);
    for (const signature of [
      null,
      '',
      'SHA256=',
      sign(body, 'a-secret-of-another-one'),
      sign(`${body} `),
      sign(body).toLowerCase(),
      sign(body).slice(0, -1),
      sign(body).slice('SHA256='.length),
    ]) {
      expect(await statusOf(signature)).toBe(401);
    }
    expect(await statusOf('SHA256=x', '{')).toBe(401);
    for (const text of ['{', '[]', '{}', 'null', '{"eventType":"customer.deleted"}', '{"eventType":1.5}']) {
      expect(await statusOf(sign(text), text)).toBe(400);
    }
    expect(await statusOf('x', 'x'.repeat(300_000))).toBe(413);
    expect((await fetch(`${stack.gateway.url}/webhooks/dracoon`)).status).toBe(405);
  });

  it('acknowledges a replay, which has no effect', async () => {
    const stack = await start(ENV);
    const body = envelopeOf(EVENT_TYPE.customerCreated);
    await deliver(stack.gateway, body);
    await stack.execute(COUNT);
    stack.sandbox.log.clear();
    expect((await deliver(stack.gateway, body)).status).toBe(200);
    await stack.execute(COUNT);
    expect(stack.sandbox.log.all()).toEqual([]);
    expect((await deliver(stack.gateway, envelopeOf(EVENT_TYPE.customerCreated, { timeStamp: 1 }))).status).toBe(200);
    await stack.execute(COUNT);
    expect(stack.sandbox.log.of('requestCustomers')).toHaveLength(1);
  });

  it('does not acknowledge what it cannot take, and takes it when it comes again', async () => {
    const stack = await start(ENV);
    await stack.execute(COUNT);
    await removeUpstream(stack, 5);
    stack.sandbox.faults.add({
      match: { operationId: 'requestListOfEventTypesForTenant' },
      action: { kind: 'respond', status: 403 },
      times: 1,
    });
    const body = envelopeOf(EVENT_TYPE.customerDeleted);
    const refused = await deliver(stack.gateway, body);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
    expect((await stack.execute(COUNT)).data).toEqual({ customers: { totalCount: 40 } });
    expect((await deliver(stack.gateway, body)).status).toBe(200);
    expect((await stack.execute(COUNT)).data).toEqual({ customers: { totalCount: 39 } });
  });

  it('finds the customer in the payload where the envelope names none, to the last digit', async () => {
    const stack = await start(ENV);
    const id = '9007199254740993';
    const query = `{ customer(id: "${id}") { id } }`;
    await stack.execute(query);
    const body = envelopeOf(EVENT_TYPE.customerDeleted).replace('"customerId":5', '"customerId":null');
    await deliver(stack.gateway, body.replace('"payload":{}', `"payload":{"id":${id}}`));
    stack.sandbox.log.clear();
    await stack.execute(query);
    expect(stack.sandbox.log.of('requestCustomer')).toHaveLength(1);
  });

  it('takes the payload for the customer if it is one, whatever the envelope says', async () => {
    const stack = await start(ENV);
    const query = '{ customer(id: 7) { id } }';
    await stack.execute(query);
    const body = envelopeOf(EVENT_TYPE.customerDeleted);
    await deliver(stack.gateway, body.replace('"payload":{}', '"payload":{"id":7,"companyName":"ACME"}'));
    stack.sandbox.log.clear();
    await stack.execute(query);
    expect(stack.sandbox.log.of('requestCustomer')).toHaveLength(1);
  });

  it('acknowledges what it does not know', async () => {
    const stack = await start(ENV);
    for (const type of [EVENT_TYPE.userCreated, 999]) {
      expect((await deliver(stack.gateway, envelopeOf(type))).status).toBe(200);
    }
  });

  it.each([
    ['renews its webhook where it is told to', 'true', ['resetTenantWebhookLifetime']],
    ['leaves renewal to people by default', '', []],
  ])('%s', async (_name, WEBHOOK_AUTO_RENEW, expected) => {
    const stack = await start({ ...ENV, WEBHOOK_AUTO_RENEW });
    expect((await deliver(stack.gateway, envelopeOf(EVENT_TYPE.webhookExpiring, { webhookId: 3 }))).status).toBe(200);
    const writes = stack.sandbox.log.all().filter(({ method }) => method !== 'GET');
    expect(writes.map(({ operationId }) => operationId)).toEqual(expected);
    if (expected.length > 0) expect(writes[0]?.path).toContain('/webhooks/3/');
  });
});
