import { heldBytes } from '../../src/json/held-bytes.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import type { Source } from '../../src/records/answer.js';
import { decode, type ShapeName } from '../../src/records/decode.js';
import { copiedProperties } from '../../src/records/text/record-outline.js';
import { RecordMatcher } from '../../src/records/text/record-matcher.js';
import { splitList } from '../../src/records/text/split-list.js';
import { createSandboxCall } from '../support/sandbox-client.js';

describe('heldBytes', () => {
  it('counts more for what is larger', () => {
    const sizes = [1, 'a', 'aaaa', { a: 1 }, { a: 'a', b: [1, 2, 3] }, { a: { b: { c: 'x'.repeat(100) } } }].map(
      heldBytes,
    );
    expect(sizes).toEqual([...sizes].sort((one, other) => one - other));
  });

  it('counts names, which an upstream can make long and different in each record', () => {
    expect(heldBytes({ ['n'.repeat(1_000)]: 1 })).toBeGreaterThan(1_000);
  });

  it('measures a value that is too deep for recursion', () => {
    const deep: unknown = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000));
    expect(heldBytes(deep)).toBeGreaterThan(200_000 * 40);
  });
});

describe('the size of answers of the upstream', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ customers: 200 });
  });
  afterAll(() => sandbox.close());

  const read = async (path: string): Promise<Buffer> =>
    Buffer.from((await createSandboxCall(sandbox)('GET', `/v4/provisioning${path}`)).text);
  const matcherOf = (shape: ShapeName): RecordMatcher =>
    new RecordMatcher(copiedProperties(shape === 'UserList' ? 'UserItem' : 'Customer'));

  it.each<[ShapeName, string]>([
    ['Customer', '/customers/5?include_attributes=true'],
    ['CustomerList', '/customers?limit=200&include_attributes=true'],
    ['CustomerListWithoutAttributes', '/customers?limit=200'],
    ['UserList', '/customers/5/users?limit=50&include_roles=true'],
    ['WebhookList', '/webhooks?limit=50'],
  ])('is between one and five times the JSON of %s, whether it is text or parsed', async (shape, path) => {
    const bytes = await read(path);
    const matcher = matcherOf(shape);
    const text = shape.endsWith('List')
      ? splitList(bytes, matcher, Infinity)
      : matcher.readBetween(bytes.toString('latin1'), 0, bytes.length);
    for (const source of [JSON.parse(bytes.toString()) as Source, ...(text ? [text] : [])]) {
      const answer = decode(shape, source);
      const { items } = answer as { items?: unknown };
      const size = heldBytes(items ?? answer);
      expect(size).toBeGreaterThan(bytes.length);
      expect(size).toBeLessThan(bytes.length * 5);
    }
  });
});
