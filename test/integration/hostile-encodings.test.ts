import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { MARK, useHostileUpstream } from '../support/hostile-upstream.js';

const VIOLATION = 'UPSTREAM_CONTRACT_VIOLATION';
const MAX_BYTES = 10_000;
const SOUND =
  '{"id":5,"customerUuid":"123e4567-e89b-12d3-a456-426614174000","companyName":"ACME","customerContractType":"pay",' +
  '"lockStatus":false,"quotaMax":7,"quotaUsed":0,"userMax":1,"userUsed":1,"cntInternalUser":1,"cntGuestUser":0,' +
  '"createdAt":"2024-02-29T12:00:00Z"}';
const upstream = useHostileUpstream({ env: { UPSTREAM_MAX_RESPONSE_BYTES: String(MAX_BYTES) } });

/** RFC 1952 ends with the checksum and the length, four bytes each. */
function withWrongChecksum(gzip: Buffer): Buffer {
  const at = gzip.length - 8;
  return Buffer.concat([gzip.subarray(0, at), Buffer.from([(gzip[at] ?? 0) ^ 1]), gzip.subarray(at + 1)]);
}

const padded = (bytes: number): string => SOUND.padEnd(bytes, ' ');

async function askForOne(): Promise<unknown> {
  const { status, data, errors } = await upstream.stack.execute('{ customer(id: 5) { companyName } }');
  expect(status).toBe(200);
  const text = JSON.stringify(errors ?? []);
  expect(text).not.toContain(MARK);
  expect(text).not.toContain('zlib');
  return [data, errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code])];
}

const GOOD = [{ customer: { companyName: 'ACME' } }, undefined];
const REFUSED = [{ customer: null }, [['customer', VIOLATION]]];

describe('one content encoding', () => {
  it.each([
    ['gzip', gzipSync(SOUND)],
    ['GZIP', gzipSync(SOUND)],
    ['x-gzip', gzipSync(SOUND)],
    ['deflate', deflateSync(SOUND)],
    ['br', brotliCompressSync(SOUND)],
    ['identity', Buffer.from(SOUND)],
    ['gzip', gzipSync(padded(MAX_BYTES))],
  ])('is read: %s', async (encoding, body) => {
    upstream.answerBody(body, { 'content-encoding': encoding });
    expect(await askForOne()).toEqual(GOOD);
  });

  it.each([
    ['gzip', 'which is none', SOUND],
    ['gzip', 'cut off', gzipSync(SOUND).subarray(0, 60)],
    ['gzip', 'with a wrong checksum', withWrongChecksum(gzipSync(SOUND))],
    ['deflate', 'which is gzip', gzipSync(SOUND)],
    ['br', 'which is none', MARK],
    ['gzip', 'of more than is read', gzipSync(padded(MAX_BYTES + 1))],
    ['br', 'of a hundred megabytes', brotliCompressSync(Buffer.alloc(100 * 2 ** 20, ' '))],
    ['gzip', 'of gzip', gzipSync(gzipSync(SOUND))],
  ])('is a violation: %s, %s', async (encoding, _, body) => {
    upstream.answerBody(body, { 'content-encoding': encoding });
    expect(await askForOne()).toEqual(REFUSED);
  });

  it.each([
    ['compress'],
    ['zstd'],
    [MARK],
    ['gzip, gzip'],
    ['identity, gzip'],
    ['br,gzip'],
    [Array(1_000).fill('gzip').join()],
  ])('is the most that is read: not others, nor several (%#)', async (encoding) => {
    upstream.answerBody(gzipSync(SOUND), { 'content-encoding': encoding });
    expect(await askForOne()).toEqual(REFUSED);
  });

  it('is one header: two are refused', async () => {
    const body = gzipSync(SOUND).toString('latin1');
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-encoding: gzip\r\ncontent-length: ${body.length}\r\n\r\n`;
    upstream.answer({ kind: 'raw', bytes: Buffer.from(head + body, 'latin1') }, { method: 'GET' });
    expect(await askForOne()).toEqual(REFUSED);
  });
});

describe('an answer without an encoding', () => {
  it('is read up to the limit, and not beyond it', async () => {
    upstream.answerBody(padded(MAX_BYTES));
    expect(await askForOne()).toEqual(GOOD);
    upstream.stack.sandbox.faults.clear();
    upstream.answerBody(padded(MAX_BYTES + 1));
    expect(await askForOne()).toEqual(REFUSED);
  });

  it('is refused once too much of it has come, however long it goes on', async () => {
    upstream.answer({ kind: 'flood', totalBytes: 1e12 });
    expect(await askForOne()).toEqual(REFUSED);
  });
});
