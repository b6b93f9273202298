import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { composeFiltered, toFilterTarget, type FilterTarget } from './compose-filtered.js';
import { fetchAnswer } from './fetch-answer.js';
import type { UpstreamCounts } from './request-counts.js';

export interface ReplayServer {
  port: number;
  /** Delays every later answer by so many milliseconds. */
  setLatency(milliseconds: number): void;
  /** Says what came since the last call. */
  takeCounts(): UpstreamCounts;
}

const HEAD_END = '\r\n\r\n';
/** Answers put together that are held against the origin's before the others are believed. */
const CHECKED = 20;

/** The request target of a GET, which is all that tells requests apart: one token is in use and GETs have no body. */
const targetOf = (head: string): string => head.slice(head.indexOf(' ') + 1, head.indexOf(' ', head.indexOf(' ') + 1));

/**
 * Answers GETs with the bytes that the origin gave for the same target the first time. A filter for several customers may
 * ask for any of them, in any number: its answer is put together from those for one customer. Raw sockets, because this shares
 * a core with the load generator and must not be what is measured.
 */
export async function startReplayServer(origin: string): Promise<ReplayServer> {
  const known = new Map<string, Buffer>();
  const pending = new Map<string, Promise<Buffer>>();
  let latencyMs = 0;
  let requests = 0;
  let misses = 0;
  let checked = 0;
  let isComposing = true;

  async function learn(target: string, head: string): Promise<Buffer> {
    const underWay = pending.get(target);
    if (underWay) return underWay;
    const learned = fetchAnswer(origin, target, head).then((answer) => {
      known.set(target, answer);
      pending.delete(target);
      return answer;
    });
    pending.set(target, learned);
    return learned;
  }

  function send(socket: Socket, answer: Buffer): void {
    if (latencyMs === 0) socket.write(answer);
    else setTimeout(() => socket.write(answer), latencyMs);
  }

  function compose({ limit, singles }: FilterTarget): Buffer | undefined {
    const answers = singles.map((single) => known.get(single)).filter((answer) => answer !== undefined);
    return answers.length === singles.length ? composeFiltered(limit, answers) : undefined;
  }

  /**
   * Learns what is missing. The first are held against what the origin answers to the filter itself: if that differs, no
   * more are put together, and each is counted as a miss.
   */
  async function learnFiltered(filter: FilterTarget, target: string, head: string): Promise<Buffer> {
    const missing = filter.singles.filter((single) => !known.has(single));
    await Promise.all(missing.map((single) => learn(single, head)));
    const composed = compose(filter);
    if (composed && checked >= CHECKED) return composed;
    const answer = await fetchAnswer(origin, target, head);
    checked += 1;
    isComposing &&= composed?.equals(answer) === true;
    return answer;
  }

  function answerTo(target: string, head: string): Buffer | Promise<Buffer> {
    const replayed = known.get(target);
    if (replayed) return replayed;
    const filter = isComposing ? toFilterTarget(target) : undefined;
    const composed = filter && checked >= CHECKED ? compose(filter) : undefined;
    if (composed) return composed;
    misses += 1;
    return filter ? learnFiltered(filter, target, head) : learn(target, head);
  }

  function respond(socket: Socket, head: string): void {
    requests += 1;
    const answer = answerTo(targetOf(head), head);
    if (answer instanceof Promise) {
      answer.then(
        (learned) => send(socket, learned),
        (error: unknown) => socket.destroy(error instanceof Error ? error : undefined),
      );
    } else send(socket, answer);
  }

  const server = createServer({ noDelay: true }, (socket) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf(HEAD_END); end >= 0; end = text.indexOf(HEAD_END)) {
        respond(socket, text.slice(0, end));
        text = text.slice(end + HEAD_END.length);
      }
    });
    // A client that goes away takes nothing with it.
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    setLatency(milliseconds) {
      latencyMs = milliseconds;
    },
    takeCounts() {
      const counts = { requests, misses };
      requests = 0;
      misses = 0;
      return counts;
    },
  };
}
