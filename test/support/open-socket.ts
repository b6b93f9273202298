import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Gateway } from '../../src/gateway.js';

export interface OpenSocket {
  socket: WebSocket;
  /** Messages that came. */
  messages: { type: string; id?: string; payload?: unknown }[];
  /** Undefined while it is open. */
  closed: { code: number; reason: string } | undefined;
  send(message: object): void;
}

/** Opens a WebSocket on which nothing is sent yet. */
export async function openSocket({ url }: Pick<Gateway, 'url'>, headers = {}): Promise<OpenSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const opened: OpenSocket = {
    socket,
    messages: [],
    closed: undefined,
    send: (message) => socket.send(JSON.stringify(message)),
  };
  socket.on('message', (data: Buffer) => opened.messages.push(JSON.parse(String(data)) as OpenSocket['messages'][0]));
  socket.on('close', (code, reason) => (opened.closed = { code, reason: String(reason) }));
  socket.on('error', () => undefined);
  await once(socket, 'open');
  return opened;
}
