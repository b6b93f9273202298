import { Pool } from 'undici';
import { TOKEN_HEADER, UPSTREAM_CONNECTIONS, UPSTREAM_URL } from './environment.js';

const { origin, pathname } = new URL(UPSTREAM_URL);
const pool = new Pool(origin, { connections: UPSTREAM_CONNECTIONS, pipelining: 1 });

/** GETs JSON below the upstream's base URL with the caller's token; null for a 404. @throws on any other status but 200 */
export async function getJson<T>(path: string, token: string): Promise<T | null> {
  const headers = { accept: 'application/json', [TOKEN_HEADER]: token };
  const { statusCode, body } = await pool.request({ method: 'GET', path: `${pathname}${path}`, headers });
  if (statusCode === 200) return (await body.json()) as T;
  await body.dump();
  if (statusCode === 404) return null;
  throw new Error(`the upstream answered ${statusCode}`);
}
