import { createHmac, timingSafeEqual } from 'node:crypto';

/** How a delivery shows that it is from who knows the secret. */
export interface SignatureForm {
  /** In front of the digest. */
  prefix: string;
  encoding: 'base64' | 'hex';
}

/**
 * Whether `signature`, the value of its header, is the HMAC-SHA256 of exactly these bytes by one of the secrets. It is
 * compared in constant time with all of them, so that its time reveals neither how much of it fits nor which one does.
 *
 * The form is known from a third party's receiver only (docs/upstream.md, source H), which signs what it has parsed and
 * written again; that the vendor signs the bytes as they are sent is our assumption.
 */
export function isSigned(
  bytes: Buffer,
  signature: string | undefined,
  secrets: readonly string[],
  { prefix, encoding }: SignatureForm,
): boolean {
  if (signature?.startsWith(prefix) !== true) return false;
  const given = Buffer.from(signature.slice(prefix.length));
  const matches = secrets.map((secret) => {
    const expected = Buffer.from(createHmac('sha256', secret).update(bytes).digest(encoding));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return matches.includes(true);
}
