import { fetch, type Dispatcher } from 'undici';

/** Several times the largest sets of public issuers. */
const MAX_BYTES = 256 * 1024;
const TIMEOUT_MS = 3_000;
const ACCEPT = 'application/json, application/jwk-set+json';

/** Keys cannot be read. `code` says why, without any host in it. */
class KeysUnreadable extends Error {
  override readonly name = 'KeysUnreadable';

  constructor(
    readonly code: string,
    cause?: unknown,
  ) {
    super(code, { cause });
  }
}

async function readBytes(url: URL, dispatcher: Dispatcher | undefined): Promise<Buffer> {
  const { status, body } = await fetch(url, {
    headers: { accept: ACCEPT },
    redirect: 'manual',
    ...(dispatcher && { dispatcher }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (status !== 200) {
    await body?.cancel();
    throw new KeysUnreadable(`ERR_JWKS_STATUS_${status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    // Leaving the loop cancels the rest.
    if (size > MAX_BYTES) throw new KeysUnreadable('ERR_JWKS_TOO_LARGE');
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}

/**
 * Fetches the JSON of a key set, of 256 KiB and within 3 seconds at most.
 * @throws Error with a code such as ERR_JWKS_STATUS_404, ERR_JWKS_NOT_JSON, ERR_JWKS_TIMEOUT or ECONNREFUSED, in itself or its cause
 */
export async function readKeys(url: URL, dispatcher?: Dispatcher): Promise<unknown> {
  const bytes = await readBytes(url, dispatcher).catch((error: unknown) => {
    throw (Object(error) as { name?: unknown }).name === 'TimeoutError'
      ? new KeysUnreadable('ERR_JWKS_TIMEOUT', error)
      : error;
  });
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    throw new KeysUnreadable('ERR_JWKS_NOT_JSON', error);
  }
}
