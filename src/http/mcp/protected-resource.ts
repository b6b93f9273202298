import { GatewayError } from '../../errors/gateway-error.js';
import type { McpConfig } from '../../config/mcp-settings.js';

export const MCP_PATH = '/mcp';
/** Of the metadata of what bearer tokens protect, which the path of the resource follows. RFC 9728, section 3.1. */
const METADATA_PREFIX = '/.well-known/oauth-protected-resource';

/** What clients get tokens for, and from whom. */
export type ProtectedResource = NonNullable<McpConfig['resource']>;

const pathOf = ({ url }: ProtectedResource): string => (url.pathname === '/' ? '' : url.pathname);

/** Where clients look for the metadata: below the resource's own path, or at the root. */
export const metadataPathsOf = (resource: ProtectedResource): readonly string[] => [
  `${METADATA_PREFIX}${pathOf(resource)}`,
  METADATA_PREFIX,
];

/** RFC 9728, section 2. */
export const toMetadata = ({ url, issuer }: ProtectedResource, scopes: readonly string[]): object => ({
  resource: url.href,
  authorization_servers: [issuer],
  scopes_supported: scopes,
  bearer_methods_supported: ['header'],
});

/** `Bearer` → `Bearer resource_metadata="https://…", scope="customers:read"`. RFC 9728, section 5.1. */
function toChallenge(challenge: string, resource: ProtectedResource, scopes: readonly string[]): string {
  const separator = challenge.includes(' ') ? ',' : '';
  const metadata = `resource_metadata="${resource.url.origin}${METADATA_PREFIX}${pathOf(resource)}"`;
  return `${challenge}${separator} ${metadata}${scopes.length > 0 ? `, scope="${scopes.join(' ')}"` : ''}`;
}

/** The same error, whose challenge says where and for which scopes a client gets a token; other errors as they are. */
export function withResource(error: unknown, resource: ProtectedResource, scopes: readonly string[]): unknown {
  const challenge = error instanceof GatewayError && error.extensions.http?.headers?.get('www-authenticate');
  if (!challenge) return error;
  return new GatewayError(error.code, error.message, {
    httpStatus: 401,
    challenge: toChallenge(challenge, resource, scopes),
  });
}

/** Asks a client to get a token with these scopes. RFC 6750, section 3.1. */
export const insufficientScope = (resource: ProtectedResource, scopes: readonly string[]): GatewayError =>
  new GatewayError('FORBIDDEN', `This tool requires the scope ${scopes.join(' and ')}.`, {
    httpStatus: 403,
    challenge: toChallenge('Bearer error="insufficient_scope"', resource, scopes),
    extensions: { requiredScopes: scopes },
  });
