import { promisify } from 'node:util';
import zlib from 'node:zlib';
import Negotiator from 'negotiator';
import { bytesOf, type WritableAnswer } from './response.js';

/** Shorter answers fit into a few packets anyway. */
const MIN_BYTES = 8 * 1024;
/** Longer headers are disregarded: clients name a handful of codings. */
const MAX_HEADER = 256;

type Compress = (bytes: Buffer) => Promise<Buffer>;

const brotli = promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliCompress);
const gzip = promisify<Buffer, Buffer>(zlib.gzip);

/** From Node 22.15 on. */
const { zstdCompress } = zlib as { zstdCompress?: typeof zlib.deflate };
const zstd = zstdCompress && promisify<Buffer, Buffer>(zstdCompress);

/** Content coding → how it is made, the one that is preferred first: docs/performance.md has what each costs. */
const CODINGS: ReadonlyMap<string, Compress> = new Map([
  ...(zstd ? [['zstd', zstd] as const] : []),
  ['br', (bytes: Buffer) => brotli(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } })] as const,
  ['gzip', gzip] as const,
]);
const PREFERRED = [...CODINGS.keys()];
const AVAILABLE = [...PREFERRED, 'identity'];

/**
 * Compresses a long answer for a client that takes it by `Accept-Encoding`, in Node's thread pool. Undefined if the answer goes as
 * it is. RFC 9110, section 12.5.3.
 */
export function compressAnswer(
  answer: WritableAnswer,
  acceptEncoding: string | undefined,
): Promise<WritableAnswer> | undefined {
  if (!acceptEncoding || acceptEncoding.length > MAX_HEADER || answer.text.length < MIN_BYTES) return undefined;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': acceptEncoding } });
  const coding = negotiator.encoding(AVAILABLE, { preferred: PREFERRED });
  const compress = coding === undefined ? undefined : CODINGS.get(coding);
  if (coding === undefined || !compress) return undefined;
  return compress(bytesOf(answer)).then((text) => ({
    ...answer,
    headers: [...answer.headers, 'content-encoding', coding],
    text,
  }));
}
