import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createAnswerReader } from './answer-reader.js';
import { createHistogram } from './histogram.js';
import type { LoadPlan, LoadResult } from './load-plan.js';

/** Grows for as long as the process lives, so that no document comes twice. */
let uniqueNumber = 0;

function withNewNumber(request: Uint8Array, place: string): Buffer {
  const copy = Buffer.from(request);
  uniqueNumber += 1;
  copy.write(String(uniqueNumber).padStart(place.length, '0'), copy.indexOf(place), 'latin1');
  return copy;
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** A closed loop: each connection sends its next request when its last answer is whole. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const { requests, uniquePlace, until } = plan;
  const sockets = await Promise.all(Array.from({ length: plan.connections }, () => open(plan.port)));
  const latencies = createHistogram();
  const startedAt = performance.now();
  const deadline = 'seconds' in until ? startedAt + until.seconds * 1000 : Infinity;
  const mostRequests = 'requests' in until ? until.requests : Infinity;
  let sent = 0;
  let answersInAll = 0;
  let failures = 0;

  const isOver = (): boolean => performance.now() >= deadline || sent >= mostRequests;

  /** Drives one connection until the load is over (true) or the server cuts it off (false). */
  const drive = (socket: Socket): Promise<boolean> =>
    new Promise((resolve) => {
      const reader = createAnswerReader(plan.expectedStart);
      let sentAt = 0;
      const next = (): void => {
        if (isOver()) {
          resolve(true);
          socket.destroy();
          return;
        }
        const request = requests[sent % requests.length] ?? Buffer.alloc(0);
        sent += 1;
        sentAt = performance.now();
        socket.write(uniquePlace === undefined ? request : withNewNumber(request, uniquePlace));
      };
      socket.on('data', (chunk: Buffer) => {
        if (!reader.feed(chunk)) return;
        const now = performance.now();
        answersInAll += 1;
        if (!reader.isGood) failures += 1;
        if (now <= deadline) latencies.record((now - sentAt) * 1000);
        next();
      });
      // After an error comes the close.
      socket.on('error', () => {});
      socket.once('close', () => resolve(false));
      next();
    });

  /** A request that is cut off is a failure, and its connection is opened anew. @throws if that is refused */
  const keepDriving = async (first: Socket): Promise<void> => {
    for (let socket = first; !(await drive(socket)); socket = await open(plan.port)) {
      failures += 1;
      if (isOver()) return;
    }
  };

  await Promise.all(sockets.map(keepDriving));
  return {
    answers: latencies.count,
    answersInAll,
    failures,
    seconds: 'seconds' in until ? until.seconds : (performance.now() - startedAt) / 1000,
    p50Micros: latencies.quantile(0.5),
    p99Micros: latencies.quantile(0.99),
  };
}
