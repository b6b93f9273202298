import { serverAudits } from 'graphql-http';
import { startStack, type Stack } from '../support/start-stack.js';

/** What the audits of GraphQL over HTTP would have otherwise, and why it is so. */
const DELIBERATE: Readonly<Record<string, string>> = {
  '572B': 'A document that does not parse is 400 for application/json too: proxies and monitors see the failure.',
  FDE2: 'A document that does not fit the schema is 400 for the same reason.',
  '7B9B': 'Variables that do not fit are 400 for the same reason.',
  '5A70': 'A GET needs a header that a form or a link of another site cannot send.',
  D6D5: 'The same for a GET with variables.',
  '6A70': 'The same for a GET with variables.',
};

/** Audits cannot send headers of their own; with this one, a GET counts as meant. */
const meant: typeof fetch = (input, init) =>
  fetch(input, {
    ...init,
    headers: { ...Object.fromEntries(new Headers(init?.headers)), 'apollo-require-preflight': '1' },
  });

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sandbox: { customers: 1 } });
});
afterAll(() => stack.close());

const url = (): string => `${stack.gateway.url}/graphql`;

describe('the audits of GraphQL over HTTP', () => {
  it.each(serverAudits({ url }).map((audit) => [audit.id, audit.name, audit] as const))(
    '%s: %s',
    async (id, _, audit) => {
      const result = await audit.fn();
      expect({ passes: result.status === 'ok', result: result.status === 'ok' ? undefined : result.reason }).toEqual(
        id in DELIBERATE
          ? { passes: false, result: 'Response status code is not 200' }
          : { passes: true, result: undefined },
      );
    },
  );

  it.each(
    serverAudits({ url, fetchFn: meant })
      .filter(({ id }) => DELIBERATE[id]?.includes('GET'))
      .map((audit) => [audit.id, audit.name, audit] as const),
  )('%s, with a header that makes the request a meant one: %s', async (_id, _name, audit) => {
    expect((await audit.fn()).status).toBe('ok');
  });
});
