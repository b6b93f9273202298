import type { IncomingMessage } from 'node:http';
import { isSameSecret } from './is-same-secret.js';

/** Whether a request asks for `extensions.upstream` and may have it: by `1` where that is open, else by the key. */
export function mayExplain(
  request: Pick<IncomingMessage, 'headers'>,
  { isOpen, key }: { isOpen: boolean; key: string | undefined },
): boolean {
  const asked = request.headers['x-explain-upstream'];
  if (typeof asked !== 'string') return false;
  return (isOpen && asked === '1') || (key !== undefined && isSameSecret(asked, key));
}
