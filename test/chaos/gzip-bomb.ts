import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

/** About a thousandth of `mebibytes` that unpacks to all of them: white space before a JSON value. */
export async function gzipBomb(mebibytes: number): Promise<Buffer> {
  const blank = Buffer.alloc(1024 * 1024, ' ');
  const parts = [...Array<Buffer>(mebibytes).fill(blank), Buffer.from('{}')];
  return buffer(Readable.from(parts).pipe(createGzip()));
}
