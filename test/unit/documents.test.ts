import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { buildSchema, specifiedRules, type DocumentNode } from 'graphql';
import { loadConfig } from '../../src/config.js';
import { toRuleSet } from '../../src/operations/operation-rule.js';
import { documentLimits } from '../../src/operations/rules/limits.js';
import { createDocuments } from '../../src/operations/validation/create-documents.js';
import { createValidity } from '../../src/operations/validation/create-validity.js';

const schema = buildSchema('type Query { a: Int b: Query }');
const { limits } = loadConfig({});
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function open() {
  const validated: DocumentNode[] = [];
  const isValid = createValidity(schema, specifiedRules);
  const { store, plugin } = createDocuments({
    rules: toRuleSet([documentLimits({ ...limits, depth: 2 })]),
    limits: { tokens: 20 },
    isValid(document) {
      validated.push(document);
      return isValid(document);
    },
  });
  return {
    validated,
    async ask(text: string, isProven = true): Promise<DocumentNode | undefined> {
      const listener = await plugin.requestDidStart?.({} as never);
      if (listener)
        await listener.didResolveSource?.({
          source: text,
          queryHash: hashOf(text),
          contextValue: { credential: { hasSucceeded: isProven } },
        } as never);
      return store.get(`of-the-schema:${hashOf(text)}`);
    },
    find: (text: string) => store.get(`of-the-schema:${hashOf(text)}`),
  };
}

describe('documents that nothing is wrong with', () => {
  it('are parsed and validated, and kept from the second time on', async () => {
    const { ask, validated } = open();
    const [first, second, third] = [await ask('{ a }'), await ask('{ a }'), await ask('{ a }')];
    expect(first?.loc?.source.body).toBe('{ a }');
    expect(second).not.toBe(first);
    expect(third).toBe(second);
    expect(validated).toEqual([first, second]);
  });

  it('are not kept for a caller whose credential is not proven', async () => {
    const { ask } = open();
    const documents = [await ask('{ a }', false), await ask('{ a }', false), await ask('{ a }', false)];
    expect(new Set(documents).size).toBe(3);
    expect(documents).not.toContain(undefined);
  });

  it('are not known by a hash alone', async () => {
    const { ask, find } = open();
    expect(await find('{ a }')).toBeUndefined();
    await ask('{ a }');
    expect(await find('{ a }')).toBeUndefined();
  });

  it.each([
    ['breaks the syntax', '{ a', 0],
    ['has too many tokens', `{ ${'a '.repeat(20)}}`, 0],
    ['is past another limit', '{ b { b { a } } }', 0],
    ['breaks a rule', '{ c }', 1],
  ])('are none if one %s, however often', async (_what, text, validations) => {
    const { ask, validated } = open();
    for (let time = 1; time <= 3; time += 1) {
      expect(await ask(text)).toBeUndefined();
      expect(validated.length).toBe(validations * time);
    }
  });
});
