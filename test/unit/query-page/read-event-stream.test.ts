import fc from 'fast-check';
import { readEventStream, type StreamEvent } from '../../../src/http/query-page/app/read-event-stream.js';

async function read(chunks: Uint8Array[]): Promise<StreamEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const events: StreamEvent[] = [];
  for await (const event of readEventStream(body)) events.push(event);
  return events;
}

describe('readEventStream', () => {
  const text =
    ':\n\nevent: next\ndata: {"name":"Köhler & Søn 🚀"}\n\n:\n\nevent: complete\ndata:\n\nevent: next\ndata: cut o';
  const bytes = new TextEncoder().encode(text);

  it('reads the same events, however the bytes arrive, and none that was cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
        expect(await read(chunks)).toEqual([
          { type: 'next', data: '{"name":"Köhler & Søn 🚀"}' },
          { type: 'complete', data: '' },
        ]);
      }),
    );
  });

  it('gives an event before the stream ends', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('event: next\ndata: 1\n\n')),
    });
    const { value } = await readEventStream(body).next();
    expect(value).toEqual({ type: 'next', data: '1' });
  });
});
