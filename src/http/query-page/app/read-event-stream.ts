/** One server-sent event. */
export interface StreamEvent {
  readonly type: string;
  readonly data: string;
}

/**
 * The server-sent events of a body, each as soon as it is complete, as this gateway writes them: lines end with a line
 * feed. Comments, which are its signs of life, are left out; so is an event that was cut off.
 */
export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent, void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks.map(toEvent).filter(({ type }) => type !== '');
  }
}

function toEvent(block: string): StreamEvent {
  const lines = block.split('\n');
  const valueOf = (field: string) =>
    lines
      .filter((line) => line.startsWith(`${field}:`))
      .map((line) => line.slice(field.length + 1).replace(/^ /, ''))
      .join('\n');
  return { type: valueOf('event'), data: valueOf('data') };
}
