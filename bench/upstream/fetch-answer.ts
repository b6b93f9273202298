import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** The service token of a request's head; the origin demands it. */
const tokenOf = (head: string): string => /\r\nx-sds-service-token: *([^\r]+)/i.exec(head)?.[1] ?? '';

/** The origin's answer to a GET as one buffer, head and body, ready to be sent. */
export async function fetchAnswer(origin: string, target: string, head: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const url = new URL(target, origin);
    const headers = { accept: 'application/json', 'x-sds-service-token': tokenOf(head) };
    const outgoing = request(url, { headers }, (incoming) => {
      buffer(incoming).then((body) => {
        const status = `HTTP/1.1 ${incoming.statusCode ?? 500} ${incoming.statusMessage ?? ''}`;
        const type = `content-type: ${incoming.headers['content-type'] ?? 'application/json'}`;
        const start = `${status}\r\n${type}\r\ncontent-length: ${body.length}\r\n\r\n`;
        resolve(Buffer.concat([Buffer.from(start, 'latin1'), body]));
      }, reject);
    });
    outgoing.on('error', reject).end();
  });
}
