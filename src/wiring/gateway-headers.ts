import { isLoopback } from '../config/parsers.js';
import type { HeaderList } from '../upstream/http/http-client.js';
import { ownVersion } from './own-version.js';

/** Headers of every upstream request. Compression pays on a network, and costs time on one machine. */
export function gatewayHeaders(baseUrl: URL): HeaderList {
  const agent = ['user-agent', `dracoon-graphql-gateway/${ownVersion()}`];
  return isLoopback(baseUrl.hostname) ? agent : [...agent, 'accept-encoding', 'gzip'];
}
