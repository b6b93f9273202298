import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultAction } from '../faults.js';
import type { WireAnswer } from './dispatcher.js';
import { readJson, writeJson, type Json } from './json.js';

/**
 * Answers a request: as the operation does, or as the fault's action wants it. `perform` performs the operation; the
 * actions documented to perform nothing never call it.
 */
export async function answerRequest(
  response: ServerResponse,
  perform: () => WireAnswer,
  action: FaultAction | undefined,
): Promise<void> {
  if (action === undefined) {
    send(response, perform());
    return;
  }
  switch (action.kind) {
    case 'respond':
      send(response, toWireAnswer(action));
      return;
    case 'transform':
      send(response, transformAnswer(perform(), action.transform));
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'reset-mid-body': {
      const body = sendHead(response, perform());
      await write(response, body.subarray(0, Math.ceil(body.length / 2)));
      response.socket?.resetAndDestroy();
      return;
    }
    case 'drip':
      await drip(response, sendHead(response, perform()), action.bytesPerSecond);
      return;
    case 'flood':
      await flood(response, action.totalBytes);
      return;
    case 'raw':
      response.socket?.end(action.bytes);
      return;
    case 'hang':
      // The connection stays open until one of its two sides closes it.
      return;
  }
}

function toWireAnswer({ status, headers = {}, body = '' }: Extract<FaultAction, { kind: 'respond' }>): WireAnswer {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: isRaw ? body : writeJson(body as Json),
  };
}

function transformAnswer(answer: WireAnswer, transform: (json: unknown) => unknown): WireAnswer {
  const json = readJson(answer.body.toString());
  return { ...answer, body: writeJson(transform(json) as Json) };
}

const DRIP_INTERVAL_MS = 20;

async function drip(response: ServerResponse, body: Buffer, bytesPerSecond: number): Promise<void> {
  const step = Math.max(1, Math.round((bytesPerSecond * DRIP_INTERVAL_MS) / 1_000));
  const stepMs = (step / bytesPerSecond) * 1_000;
  for (let start = 0; start < body.length && !response.destroyed; start += step) {
    await delay(stepMs, undefined, { ref: false });
    await write(response, body.subarray(start, start + step));
  }
  response.end();
}

const FLOOD_CHUNK = Buffer.alloc(64 * 1024, ' ');

async function flood(response: ServerResponse, totalBytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  // White space before a value is JSON, so the answer can be refused for nothing but its size.
  for (let left = totalBytes - 2; left > 0 && !response.destroyed; left -= FLOOD_CHUNK.length) {
    await write(response, FLOOD_CHUNK.subarray(0, left));
  }
  response.end('{}');
}

function send(response: ServerResponse, answer: WireAnswer): void {
  response.end(sendHead(response, answer));
}

function sendHead(response: ServerResponse, { status, headers, body }: WireAnswer): Buffer {
  const bytes = Buffer.from(body);
  const length = status === 204 || status === 304 ? {} : { 'content-length': String(bytes.length) };
  response.writeHead(status, { ...length, ...headers });
  return bytes;
}

/** Resolves when the bytes have left, or when there is no one to send them to any more. */
function write(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.write(bytes, () => {
      resolve();
    });
  });
}
