import { createMemoryCache } from '../../src/cache/memory-cache.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import type { Answer } from '../../src/records/answer.js';
import { createAnswerCodec } from '../../src/records/answer-codec.js';
import { decode } from '../../src/records/decode.js';
import { createRecordTexts } from '../../src/records/text/record-matcher.js';
import { measureHeapGrowth } from '../support/measure-heap-growth.js';
import { createSandboxCall } from '../support/sandbox-client.js';
import { JSON_CODEC } from '../../src/json/json-codec.js';
import { describeEntityCache } from '../support/entity-cache-contract.js';

function startAt(maxBytes: number): {
  cache: ReturnType<typeof createMemoryCache>;
  pass: (milliseconds: number) => void;
} {
  let clock = 1_000_000;
  return {
    cache: createMemoryCache(maxBytes, { ...JSON_CODEC, format: 'json' }, () => clock),
    pass: (milliseconds) => (clock += milliseconds),
  };
}

describeEntityCache('memory', async () => {
  const { cache, pass } = startAt(1_000_000);
  return { cache, advance: async (milliseconds) => pass(milliseconds), close: async () => undefined };
});

describe('the memory of the cache', () => {
  it('is bounded: the least recently used entries go first, and their tags with them', async () => {
    const { cache } = startAt(20_000);
    const names = Array.from({ length: 100 }, (_, index) => `key${index}`);
    for (const key of names) {
      await cache.set('s', await cache.epoch('s'), [{ key, value: 'x'.repeat(800), tags: ['t'], keepMs: 60_000 }]);
      await cache.get('s', ['key0']);
    }
    const kept = (await cache.get('s', names)).flatMap((found, index) => (found ? [index] : []));
    expect(kept[0]).toBe(0);
    expect(kept.length).toBeLessThan(25);
    expect(kept.slice(1)).toEqual(Array.from({ length: kept.length - 1 }, (_, i) => 100 - (kept.length - 1) + i));
    await cache.invalidate('s', ['t']);
    expect((await cache.get('s', names)).some(Boolean)).toBe(false);
  });

  it('takes no entry that is larger than all of it', async () => {
    const { cache } = startAt(10_000);
    await cache.set('s', await cache.epoch('s'), [{ key: 'a', value: 'x'.repeat(10_000), tags: [], keepMs: 60_000 }]);
    expect(await cache.get('s', ['a'])).toEqual([undefined]);
  });
});

describe('answers in the cache', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ customers: 200 });
  });
  afterAll(() => sandbox.close());

  const recordTexts = createRecordTexts();
  const codec = createAnswerCodec(recordTexts);
  const readList = async (): Promise<{ bytes: Buffer; items: readonly Answer[] }> => {
    const path = '/v4/provisioning/customers?limit=200&include_attributes=true';
    const bytes = Buffer.from((await createSandboxCall(sandbox)('GET', path)).text);
    const { items } = decode('CustomerList', recordTexts.read('CustomerList', bytes, Infinity));
    return { bytes, items: items as readonly Answer[] };
  };

  it.each(['text', 'parsed'] as const)('take the bytes of their JSON, and little more: %s', async (form) => {
    const maxBytes = 100_000;
    const { bytes, items } = await readList();
    const cache = createMemoryCache(maxBytes, codec, () => 0);
    const epoch = await cache.epoch('s');
    const keys = items.map((_, index) => String(index));
    for (const [index, item] of items.entries()) {
      const value = form === 'text' ? item : decode('Customer', item.from);
      await cache.set('s', epoch, [{ key: String(index), value, tags: [], keepMs: 60_000 }]);
    }
    const kept = (await cache.get('s', keys)).flatMap((entry) => (entry ? [entry.value as Answer] : []));
    const held = kept.reduce((length, answer) => length + (answer.text?.own.length ?? NaN), 0);
    expect(bytes.length).toBeGreaterThan(maxBytes);
    expect(held).toBeLessThan(maxBytes);
    expect(held).toBeGreaterThan(maxBytes / 2);
  });

  it('bound the heap, be they text, and whatever list they came with', async () => {
    const mebibyte = 1_048_576;
    const grown = await measureHeapGrowth(async () => {
      const cache = createMemoryCache(2 * mebibyte, codec, () => 0);
      const epoch = await cache.epoch('s');
      for (let round = 0; round < 100; round += 1) {
        const { items } = await readList();
        // One record of each list, and the whole of some.
        const values = round % 10 === 0 ? [{ items }, items[0]] : [items[0]];
        const entries = values.map((value, index) => ({
          key: `${round} ${index}`,
          value,
          tags: ['lists'],
          keepMs: 1e6,
        }));
        await cache.set('s', epoch, entries);
      }
      return cache;
    });
    expect(grown).toBeLessThan(4 * mebibyte);
  });
});
