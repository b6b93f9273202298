import { stringify } from 'lossless-json';
import { UpstreamFailure } from '../../src/errors/upstream-failure.js';
import { parseJsonBytes } from '../../src/json/parse-json.js';
import { shapes } from '../../src/records/generated/shapes.js';
import type { UpstreamRequest } from '../../src/upstream/http/http-client.js';
import type { ResilientClient } from '../../src/upstream/resilience/resilient-client.js';
import { diceAt, type Dice } from './dice.js';
import { LONG_VALUE } from './long-value.js';
import { createCredential } from '../support/create-credential.js';
import { ODDITIES } from '../support/oddities.js';

const ANSWERS: Readonly<Record<string, keyof typeof shapes>> = {
  requestCustomers: 'CustomerList',
  requestCustomer: 'Customer',
  createCustomer: 'NewCustomerResponse',
  updateCustomer: 'UpdateCustomerResponse',
  requestCustomerAttributes: 'AttributesResponse',
  setCustomerAttributes: 'Customer',
  updateCustomerAttributes: 'Customer',
  requestCustomerUsers: 'UserList',
  requestListOfTenantWebhooks: 'WebhookList',
  requestTenantWebhook: 'Webhook',
  createTenantWebhook: 'Webhook',
  updateTenantWebhook: 'Webhook',
  resetTenantWebhookLifetime: 'Webhook',
  requestListOfEventTypesForTenant: 'EventTypeList',
  requestSoftwareVersion: 'SoftwareVersionData',
  requestSystemInfo: 'SystemInfo',
};

function valueOf(kind: string, dice: Dice, oddness: number): unknown {
  if (dice.hits(oddness)) return ODDITIES[dice.roll(ODDITIES.length)];
  const [head = '', rest = ''] = kind.split(/:(.*)/s);
  switch (head) {
    case 'list':
      return Array.from({ length: dice.roll(4) }, () => valueOf(rest, dice, oddness));
    case 'object':
      return documentOf(rest as keyof typeof shapes, dice, oddness);
    case 'enum':
      return dice.pick('', ...rest.split('|'));
    case 'boolean':
      return dice.roll(2) === 1;
    case 'int32':
      return dice.roll(1000);
    case 'int64':
    case 'id':
      return dice.pick<unknown>(1, 42, 2 ** 53 - 1, 9007199254740993n);
    case 'uuid':
      return '00000000-0000-4000-8000-00000000000' + String(dice.roll(10));
    case 'date-time':
      return dice.pick('2024-05-06T07:08:09Z', '2024-05-06T07:08:09.123456789+02:00');
    default:
      if (dice.hits(1 / 25)) return LONG_VALUE;
      return dice.pick('', 'plain', 'a "quoted" \\ ümlaut', '👩‍👧', '\u2028\ud800');
  }
}

function documentOf(name: keyof typeof shapes, dice: Dice, oddness: number): unknown {
  return Object.fromEntries(
    Object.entries<{ kind: string; required: boolean }>(shapes[name]).map(([property, { kind, required }]) => [
      property,
      !required && dice.roll(3) === 0 ? undefined : valueOf(kind, dice, oddness),
    ]),
  );
}

/** What is sent of a request. */
const textOf = ({ operationId, method, target, headers, body }: UpstreamRequest<unknown>): string =>
  JSON.stringify({ operationId, method, target, headers, body });

/** As an answer arrives: out of its bytes, where the request reads those. */
function read<T>(request: UpstreamRequest<T>, document: unknown): T {
  const text = stringify(document);
  if (text === undefined) return request.toValue(undefined);
  const bytes = Buffer.from(text);
  return request.fromBytes?.(bytes) ?? request.toValue(parseJsonBytes(bytes));
}

/**
 * An upstream without a network: equal requests get equal answers, odd or failing ones with the given probability.
 * `requests` is notified of each.
 */
export function createStubUpstream(seed: number, oddness: number, requests: string[]): ResilientClient {
  return {
    circuitIsOpen: false,
    limiter: { limit: 1, underWay: 0, waiting: 0 },
    waitingOnTrial: 0,
    createCredential,
    endWrites: () => undefined,
    hasFullQueue: false,
    isFullFor: () => false,
    async send(request) {
      const { operationId } = request;
      const text = textOf(request);
      requests.push(text);
      const dice = diceAt(seed, text);
      for (let turn = dice.roll(3); turn > 0; turn -= 1) await new Promise((resolve) => setImmediate(resolve));
      if (dice.hits(oddness)) {
        const status = dice.pick(400, 401, 403, 404, 409, 500, 503);
        throw new UpstreamFailure({ operationId, kind: 'status', status });
      }
      const shape = ANSWERS[operationId];
      return read(request, shape && documentOf(shape, dice, oddness));
    },
  };
}
