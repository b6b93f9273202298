import { startReplayServer } from './replay-server.js';

/** The process of the upstream: replays what the origin, its first argument, answers. Told what to do by messages. */
export type UpstreamMessage = { setLatency: number } | { takeCounts: true };

const server = await startReplayServer(process.argv[2] ?? '');
process.on('message', (message: UpstreamMessage) => {
  if ('takeCounts' in message) {
    process.send?.(server.takeCounts());
    return;
  }
  server.setLatency(message.setLatency);
  process.send?.({ latency: message.setLatency });
});
process.send?.({ port: server.port });
