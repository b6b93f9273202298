import type { Config } from '../config.js';
import type { AuthMode } from '../config/variables/auth-variables.js';
import type { Gateway } from '../gateway.js';

const CREDENTIAL_OF: Readonly<Record<AuthMode, string>> = {
  token: " -H 'x-sds-service-token: YOUR-TOKEN'",
  jwt: " -H 'authorization: Bearer YOUR-TOKEN'",
  none: '',
};

/** What is printed once requests are taken: where everything is, and a command to try it with. */
export function toBanner(
  { url, sandboxed, hasQueryPage }: Pick<Gateway, 'url' | 'sandboxed' | 'hasQueryPage'>,
  { auth }: Pick<Config, 'auth'>,
): string {
  const query = '{ customers(first: 3) { totalCount nodes { id companyName quotaUsed } } }';
  return [
    '',
    sandboxed
      ? '  The data is a sandbox: an embedded emulator with made-up customers, reset at every start.'
      : '  The data is real: it comes from the server that UPSTREAM_URL names.',
    '',
    ...(hasQueryPage ? [`  Query page  ${url}/`] : []),
    `  Endpoint    ${url}/graphql`,
    '',
    '  Try it:',
    `  curl ${url}/graphql -H 'content-type: application/json'${CREDENTIAL_OF[auth.mode]} -d '${JSON.stringify({ query })}'`,
    '',
  ].join('\n');
}
