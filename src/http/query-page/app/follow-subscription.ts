import type { ExecutionResult } from 'graphql';
import { post, toResult, type Operation } from './post.js';
import { readEventStream } from './read-event-stream.js';

/**
 * Subscribes over `POST /graphql/stream`, which takes the same headers as a query does; a browser's WebSocket has none.
 * To return from the iteration closes the connection, also while it waits for an event.
 */
export function followSubscription(
  operation: Operation,
  headers: Record<string, string> | undefined,
): AsyncIterable<ExecutionResult> {
  const stop = new AbortController();
  const results = follow(operation, headers, stop.signal);
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => results.next(),
      return: () => {
        stop.abort();
        return results.return();
      },
    }),
  };
}

async function* follow(
  operation: Operation,
  headers: Record<string, string> | undefined,
  signal: AbortSignal,
): AsyncGenerator<ExecutionResult, void> {
  try {
    const response = await post('/graphql/stream', operation, { accept: 'text/event-stream', ...headers }, signal);
    if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
      yield await toResult(response);
      return;
    }
    for await (const { type, data } of readEventStream(response.body)) {
      if (type === 'complete' || signal.aborted) return;
      yield JSON.parse(data) as ExecutionResult;
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  throw new Error('The connection was cut: later events are missed. Run the subscription again.');
}
