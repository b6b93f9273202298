import { serverAudits } from 'graphql-http';
import { startStack, type Stack } from '../support/start-stack.js';

/** What the audits, which are of 2025, would have otherwise, and why it is so. */
const DELIBERATE: Readonly<Record<string, { not: number; because: string }>> = {
  '572B': { not: 200, because: 'A document that does not parse is 400 for application/json, too: monitors see it.' },
  FDE2: { not: 200, because: 'A document that does not fit the schema is 400 for the same reason.' },
  '7B9B': { not: 200, because: 'Variables that do not fit are 400 for the same reason.' },
  '423L': { not: 400, because: 'The release of September 2026 has 422 for a missing parameter.' },
  '86EE': { not: 400, because: 'It has 422 for variables that do not fit.' },
};

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
      const known = DELIBERATE[id];
      expect({ passes: result.status === 'ok', result: result.status === 'ok' ? undefined : result.reason }).toEqual(
        known
          ? { passes: false, result: `Response status code is not ${known.not}` }
          : { passes: true, result: undefined },
      );
    },
  );
});
