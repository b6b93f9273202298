import fc from 'fast-check';
import { decodeUtf8 } from '../../src/json/parse-json.js';
import { runs } from '../support/runs.js';

function byTextDecoder(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const mark = new Uint8Array([0xef, 0xbb, 0xbf]);
const texts = fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text));
const joined = fc
  .array(fc.oneof(texts, fc.uint8Array({ maxLength: 4 }), fc.constant(mark)), { maxLength: 4 })
  .map((parts) => Buffer.concat(parts));

describe('decodeUtf8', () => {
  it('decodes and refuses what TextDecoder does', () => {
    fc.assert(
      fc.property(joined, (bytes) => expect(decodeUtf8(bytes)).toBe(byTextDecoder(bytes))),
      { numRuns: runs(700) },
    );
  });
});
