import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import type { Gateway } from '../../src/gateway.js';
import { EVENTS } from './subscribe.js';

export interface OpenStream {
  response: Response;
  /** What has arrived of the body. */
  text(): string;
  isOver(): boolean;
}

/** Subscribes by a stream of server-sent events, as the first provider unless told otherwise. */
export async function openStream(
  { url }: Pick<Gateway, 'url'>,
  headers: Record<string, string> = { 'x-sds-service-token': SANDBOX_TOKENS.first },
): Promise<OpenStream> {
  const response = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query: EVENTS }),
  });
  let text = '';
  let isOver = false;
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
    }
  };
  read()
    .catch(() => undefined)
    .finally(() => (isOver = true));
  return { response, text: () => text, isOver: () => isOver };
}
