import type { Config } from '../config.js';
import type { AuthMode } from '../config/variables/auth-variables.js';
import type { Gateway } from '../gateway.js';
import { ownVersion } from '../wiring/own-version.js';

const CREDENTIAL_OF: Readonly<Record<AuthMode, string>> = {
  token: " -H 'x-sds-service-token: YOUR-TOKEN'",
  jwt: " -H 'authorization: Bearer YOUR-TOKEN'",
  none: '',
};

/** The text printed once the gateway listens: addresses, origin of the data and a command to try. */
export function toBanner(
  { url, sandboxed, hasQueryPage }: Pick<Gateway, 'url' | 'sandboxed' | 'hasQueryPage'>,
  { auth }: Pick<Config, 'auth'>,
): string {
  const query = '{ customers(first: 3) { totalCount nodes { id companyName quotaUsed } } }';
  return [
    '',
    `  DRACOON GraphQL gateway ${ownVersion()}`,
    '',
    sandboxed
      ? '  Data        sandbox with made-up customers, reset at every start'
      : '  Data        real, from the server in UPSTREAM_URL',
    ...(hasQueryPage ? [`  Query page  ${url}/`] : []),
    `  Endpoint    ${url}/graphql`,
    '',
    '  Try it:',
    `  curl ${url}/graphql -H 'content-type: application/json'${CREDENTIAL_OF[auth.mode]} -d '${JSON.stringify({ query })}'`,
    '',
    ...(sandboxed ? ['  For real data, set UPSTREAM_URL=https://dracoon.example.com/api'] : []),
    '  Stop with Ctrl+C.',
    '',
  ].join('\n');
}
