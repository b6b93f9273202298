import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { postWithHeaders } from '../support/post-with-headers.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { startBearerStack, type TokenIssuer } from '../support/token-issuer.js';

const QUERY = '{ customer(id: 5) { id } }';
/** Node's parser keeps 2,000 headers unless told otherwise. */
const FILLERS = Array.from({ length: 2_000 }, () => ['a', '']).flat();

async function expectRefused(stack: Stack, name: string, first: string, second: string): Promise<void> {
  for (let time = 0; time < 4; time += 1) {
    const headers = [name, first, ...FILLERS, name.toUpperCase(), second];
    const { status, text } = await postWithHeaders(stack.gateway.url, QUERY, headers);
    expect([status, text]).toEqual([400, expect.stringContaining('must be sent once')]);
  }
  expect(stack.sandbox.log.all()).toEqual([]);
}

describe('behind 2,000 other headers', () => {
  it('a second service token is seen and refused', async () => {
    const stack = await startStack();
    try {
      await expectRefused(stack, 'x-sds-service-token', SANDBOX_TOKENS.first, SANDBOX_TOKENS.second);
      const alone = await postWithHeaders(stack.gateway.url, QUERY, [
        ...FILLERS,
        'x-sds-service-token',
        SANDBOX_TOKENS.first,
      ]);
      expect(alone.status).toBe(200);
      expect(stack.sandbox.log.all().map(({ token }) => token)).toEqual([SANDBOX_TOKENS.first]);
    } finally {
      await stack.close();
    }
  });

  it('a second bearer token is seen and refused', async () => {
    const stack: Stack & { issuer: TokenIssuer } = await startBearerStack();
    try {
      const { authorization } = await stack.issuer.bearer({ scope: 'customers:read' });
      await expectRefused(stack, 'authorization', authorization, authorization);
    } finally {
      await stack.close();
    }
  });

  it('a second host is seen and refused', async () => {
    const stack = await startStack({ env: { AUTH_MODE: 'none', UPSTREAM_TOKEN: SANDBOX_TOKENS.first } });
    try {
      const { status } = await postWithHeaders(stack.gateway.url, QUERY, [...FILLERS, 'host', 'evil.example']);
      expect(status).toBe(400);
      expect(stack.sandbox.log.all()).toEqual([]);
    } finally {
      await stack.close();
    }
  });
});
