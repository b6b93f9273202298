import { RedisTarget, type RedisCredentials } from './redis-target.js';

const DEFAULT_PORT = 6379;
const EXPECTED = 'be redis:// or rediss:// URLs such as redis://user:password@redis.example.com:6379';

interface Part {
  url: URL;
  credentials: RedisCredentials;
  database: number;
}

function loadPart(text: string): Part {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const database = /^\/?(\d{0,4})$/.exec(url?.pathname ?? '')?.[1];
  const isRedis = url?.protocol === 'redis:' || url?.protocol === 'rediss:';
  if (!url || !isRedis || url.hostname === '' || database === undefined || url.search || url.hash) {
    throw new Error(EXPECTED);
  }
  return {
    url,
    credentials: {
      ...(url.username && { username: decodeURIComponent(url.username) }),
      ...(url.password && { password: decodeURIComponent(url.password) }),
    },
    database: Number(database),
  };
}

/**
 * Reads one URL, or those of several nodes of a cluster with commas in between.
 * @throws Error whose message completes "NAME must …" and holds nothing of the text, which has a password in it
 */
export function loadRedisTarget(text: string): RedisTarget {
  const parts = text.split(',').map((part) => loadPart(part.trim()));
  const [first] = parts;
  if (!first) throw new Error(EXPECTED);
  const isSame = ({ url, credentials }: Part): boolean =>
    url.protocol === first.url.protocol && JSON.stringify(credentials) === JSON.stringify(first.credentials);
  if (!parts.every(isSame)) throw new Error('name nodes of one cluster, by the same scheme, user and password');
  if (parts.length > 1 && parts.some(({ database }) => database !== 0)) {
    throw new Error('name no database if it names the nodes of a cluster, which has only one');
  }
  return new RedisTarget({
    nodes: parts.map(({ url }) => ({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    })),
    isTls: first.url.protocol === 'rediss:',
    database: first.database,
    credentials: first.credentials,
  });
}
