import { readFileSync } from 'node:fs';
import { startStack, type Stack } from '../support/start-stack.js';

/** Reads that a filter or a list answers as well. */
const INSTEAD: Readonly<Record<string, string>> = {
  requestTenantWebhook: 'requestListOfTenantWebhooks',
  requestCustomerAttributes: 'requestCustomers',
};

interface OpenApi {
  paths: Record<string, Record<string, { operationId?: string }>>;
}

const { paths } = JSON.parse(readFileSync('openapi/provisioning.openapi.json', 'utf8')) as OpenApi;
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { operationId }]) =>
    operationId === undefined ? [] : [{ operationId, call: `${method.toUpperCase()} ${path}` }],
  ),
);

const sections = new Map(
  readFileSync('docs/from-rest.md', 'utf8')
    .split(/^#{2,3} /m)
    .filter((section) => /^`[A-Z]+ \//m.test(section))
    .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
);
const documentOf = (operationId: string): string | undefined =>
  /^```graphql\n(.*?)^```$/ms.exec(sections.get(operationId) ?? '')?.[1];

describe('docs/from-rest.md', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.close());

  it('has one section for each operation of the OpenAPI document', () => {
    expect([...sections.keys()].toSorted()).toEqual(operations.map(({ operationId }) => operationId).toSorted());
    expect(operations).toHaveLength(19);
  });

  it.each(operations)('shows method and path of $operationId, and what the gateway adds', ({ operationId, call }) => {
    const [, ...paragraphs] = (sections.get(operationId) ?? '').trim().split(/\n\n+/);
    expect(paragraphs[0]).toBe(`\`${call}\``);
    expect(paragraphs.slice(1).at(-1)).toMatch(/^(?!```)./);
  });

  it.each(operations.filter(({ operationId }) => documentOf(operationId) !== undefined))(
    'shows a document that leads to $operationId',
    async ({ operationId }) => {
      stack.sandbox.log.clear();
      const { errors, data } = await stack.execute<Record<string, object>, never>(documentOf(operationId) ?? '');
      expect(errors).toBeUndefined();
      for (const payload of Object.values(data ?? {})) expect(payload).not.toHaveProperty('userErrors.0');
      const sent = stack.sandbox.log.all().map((request) => request.operationId);
      expect(sent.some((id) => id === operationId || id === INSTEAD[operationId])).toBe(true);
    },
  );

  it('has a document for each operation but the one that is not in the graph', () => {
    const without = operations.filter(({ operationId }) => documentOf(operationId) === undefined);
    expect(without.map(({ operationId }) => operationId)).toEqual(['requestSystemInfo']);
  });
});
