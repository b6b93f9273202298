import { isAscii, isUtf8 } from 'node:buffer';

const BYTE_ORDER_MARK = '\ufeff';

/** The text of bytes in UTF-8, without a byte order mark; undefined where they are not UTF-8. As TextDecoder, faster. */
export function decodeUtf8(bytes: Buffer): string | undefined {
  // Of ASCII both are the same text, and this one is copied instead of decoded.
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
