import { parse } from 'graphql';
import { loadConfig } from '../../src/config.js';
import type { OperationLimits } from '../../src/config/operation-limits.js';
import { createRunRules } from '../../src/operations/apollo/run-rules.js';
import { toRuleSet } from '../../src/operations/operation-rule.js';
import { documentLimits, jsonLimits } from '../../src/operations/rules/limits.js';

const { limits: DEFAULTS } = loadConfig({});

interface Request {
  query: string;
  variables?: Record<string, unknown>;
  extensions?: Record<string, unknown>;
  body?: unknown;
}

/** The limit that refuses a request, if any does: every hook is called in the order of Apollo Server. */
async function refusedBy(limits: Partial<OperationLimits>, request: Request): Promise<unknown> {
  const { query, variables, extensions, body } = request;
  const all = { ...DEFAULTS, ...limits };
  const http = body === undefined ? undefined : { body };
  try {
    const plugin = createRunRules(toRuleSet([jsonLimits(all), documentLimits(all)]), all);
    const listener =
      (await plugin.requestDidStart?.({ request: { http, variables, extensions } } as never)) ?? undefined;
    await listener?.didResolveSource?.({ source: query } as never);
    const parsed = await listener?.parsingDidStart?.({ source: query } as never);
    let document;
    try {
      document = parse(query, { maxLexicalTokens: all.tokens });
    } catch (error) {
      await parsed?.(error as Error);
      throw error;
    }
    await parsed?.();
    await listener?.validationDidStart?.({ document } as never);
    return undefined;
  } catch (error) {
    const { code, extensions: shown } = error as { code?: string; extensions?: object };
    return code === 'OPERATION_LIMIT_EXCEEDED' ? shown : error;
  }
}

const refusal = (limit: string, maximum: number, found: number): object => ({
  code: 'OPERATION_LIMIT_EXCEEDED',
  limit,
  maximum,
  limits: [{ limit, maximum, found }],
  http: { status: 400 },
});
const deep = (levels: number): unknown => (levels === 0 ? 7 : [deep(levels - 1)]);
const items = (count: number): unknown[] => Array.from({ length: count }, () => 1);

/** A request that has as much of something as its number says. */
const REQUESTS: readonly [limit: keyof OperationLimits, name: string, make: (count: number) => Request][] = [
  ['queryBytes', 'bytes', (count) => ({ query: `{a}${'#'.repeat(count - 3)}` })],
  ['queryBytes', 'bytes of UTF-8', (count) => ({ query: `{a}#${'ä'.repeat((count - 4) / 2)}${count % 2 ? '#' : ''}` })],
  ['tokens', 'tokens', (count) => ({ query: `{${' a'.repeat(count - 2)} }` })],
  ['jsonDepth', 'levels of the body', (count) => ({ query: '{a}', body: deep(count) })],
  ['jsonDepth', 'levels with the variables', (count) => ({ query: '{a}', variables: { x: deep(count - 2) } })],
  ['jsonDepth', 'levels with the extensions', (count) => ({ query: '{a}', extensions: { x: deep(count - 2) } })],
  ['listItems', 'items of a variable', (count) => ({ query: '{a}', variables: { x: items(count) } })],
  ['listItems', 'items inside of a variable', (count) => ({ query: '{a}', variables: { x: [{ y: items(count) }] } })],
  [
    'operations',
    'operations',
    (count) => ({
      query: items(count)
        .map((_, n) => `query Q${n} {a}`)
        .join(' '),
    }),
  ],
  [
    'depth',
    'levels in a fragment',
    (count) => ({ query: `{...F} fragment F on Q {${'a{'.repeat(count - 1)}a${'}'.repeat(count)}` }),
  ],
  [
    'aliases',
    'aliases in a fragment',
    (count) => ({
      query: `{...F} fragment F on Q {${items(count)
        .map((_, n) => `b${n}:a`)
        .join(' ')}}`,
    }),
  ],
];

describe('a request', () => {
  it.each(REQUESTS)('is held to the limit of %s: %s', async (limit, _, make) => {
    // Even, for the text of two-byte characters.
    const bound = 12;
    for (const count of [bound - 2, bound, bound + 1, bound + 2]) {
      const expected = count > bound ? refusal(limit, bound, count) : undefined;
      expect([count, await refusedBy({ [limit]: bound }, make(count))]).toEqual([count, expected]);
    }
  });

  it('may have long lists anywhere but in its variables', async () => {
    expect(await refusedBy({ listItems: 2 }, { query: '{a}', extensions: { x: items(3) } })).toBeUndefined();
    expect(await refusedBy({ listItems: 2 }, { query: '{a}', body: items(3) })).toBeUndefined();
  });

  it('is measured by its body, which holds its variables', async () => {
    const request = { query: '{a}', body: { variables: deep(1) }, variables: { x: deep(9) } };
    expect(await refusedBy({ jsonDepth: 2 }, request)).toBeUndefined();
  });

  it('with a broken text is none of the limits', async () => {
    expect(await refusedBy({}, { query: '{' })).toMatchObject({
      message: expect.stringMatching(/^Syntax Error/) as string,
    });
  });
});
