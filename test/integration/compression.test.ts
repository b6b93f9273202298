import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import type { Stack } from '../support/start-stack.js';
import { useStack } from '../support/use-stack.js';

const LONG = '{ customers(first: 100) { nodes { id customerUuid companyName quotaMax quotaUsed createdAt } } }';
const SHORT = '{ customer(id: 1) { id } }';

interface Raw {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
}

/** Sends by node:http, which decompresses nothing. */
function post({ gateway }: Stack, query: string, headers: Record<string, string>): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${gateway.url}/graphql`,
      {
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'application/json', 'x-sds-service-token': SANDBOX_TOKENS.first, ...headers },
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(pieces) }),
        );
      },
    );
    sent.on('error', reject).end(JSON.stringify({ query }));
  });
}

const DECODE: Readonly<Record<string, (bytes: Buffer) => Buffer>> = { gzip: gunzipSync, br: brotliDecompressSync };
const start = useStack({ customers: 120 });

describe('a long answer', () => {
  it.each([
    ['gzip', 'gzip'],
    ['gzip, deflate', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0.5, gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['deflate, *;q=0.5', 'br'],
    ['identity;q=0.5, br;q=0.1, gzip;q=0.8', 'gzip'],
  ])('is compressed to the same bytes for Accept-Encoding: %s', async (accepted, coding) => {
    const stack = await start();
    const plain = await post(stack, LONG, {});
    expect(plain.headers['content-encoding']).toBeUndefined();
    for (const _ of [1, 2, 3, 4]) {
      for (const accept of ['application/json', 'application/graphql-response+json']) {
        const { headers, bytes, status } = await post(stack, LONG, { 'accept-encoding': accepted, accept });
        const isZstd = headers['content-encoding'] === 'zstd' && accepted.includes('*');
        expect([status, headers['content-length']]).toEqual([200, String(bytes.length)]);
        if (isZstd) continue;
        expect(headers['content-encoding']).toBe(coding);
        expect(bytes.length).toBeLessThan(plain.bytes.length / 2);
        expect(DECODE[coding]?.(bytes).equals(plain.bytes)).toBe(true);
      }
    }
  });

  it.each(['identity', 'gzip;q=0', 'deflate', 'compress, x', '', `gzip, ${'x'.repeat(300)}`, 'identity, gzip;q=0.5'])(
    'goes as it is for Accept-Encoding: %s',
    async (accepted) => {
      const stack = await start();
      for (const _ of [1, 2, 3, 4]) {
        const { headers, bytes } = await post(stack, LONG, { 'accept-encoding': accepted });
        expect(headers['content-encoding']).toBeUndefined();
        expect(JSON.parse(bytes.toString())).toMatchObject({ data: { customers: { nodes: expect.any(Array) } } });
      }
    },
  );

  it('goes as it is with COMPRESSION=off', async () => {
    const stack = await start({ COMPRESSION: 'off' });
    for (const _ of [1, 2, 3, 4]) {
      expect((await post(stack, LONG, { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBeUndefined();
    }
  });

  it('varies by Accept-Encoding, compressed or not, by CORS too', async () => {
    const stack = await start({ CORS_ORIGINS: 'https://app.example.com' });
    for (const accepted of ['gzip', 'identity']) {
      const { headers } = await post(stack, LONG, { 'accept-encoding': accepted });
      expect(String(headers['vary']).toLowerCase().split(/, ?/)).toEqual(
        expect.arrayContaining(['origin', 'accept', 'accept-encoding']),
      );
    }
  });
});

describe('other answers', () => {
  it('go as they are if they are short', async () => {
    const stack = await start();
    for (const _ of [1, 2, 3, 4]) {
      expect((await post(stack, SHORT, { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBeUndefined();
    }
  });

  it('go as they are as a stream of events', async () => {
    const stack = await start();
    for (const _ of [1, 2, 3, 4]) {
      const { headers, bytes } = await post(stack, LONG, { 'accept-encoding': 'gzip', accept: 'text/event-stream' });
      expect(headers['content-encoding']).toBeUndefined();
      expect(bytes.toString()).toMatch(/event: complete\ndata:\n\n$/);
    }
  });
});
