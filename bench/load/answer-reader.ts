/** Reads the answers of one keep-alive connection, one after another, without keeping their bodies. */
export interface AnswerReader {
  /** Takes what arrived. True once the answer is whole; what follows belongs to the next one. */
  feed(chunk: Buffer): boolean;
  /** Whether the whole answer was a 200 whose body begins as expected. */
  readonly isGood: boolean;
}

const HEAD_END = '\r\n\r\n';
const LINE_END = '\r\n';

/** Where the head says that the body ends: after so many bytes, or with the chunk of size 0. */
function lengthOf(head: string): number | 'chunked' {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return Number(length);
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return 'chunked';
  throw new Error('an answer has neither a length nor chunks');
}

/** Skips the chunks of a chunked body; `rest` is what is left to feed again together with what comes next. */
function skipChunks(bytes: Buffer): { isWhole: boolean; rest: Buffer } {
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf(LINE_END, at);
    if (lineEnd < 0) return { isWhole: false, rest: bytes.subarray(at) };
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + LINE_END.length + size + LINE_END.length;
    if (next > bytes.length) return { isWhole: false, rest: bytes.subarray(at) };
    if (size === 0) return { isWhole: true, rest: bytes.subarray(next) };
    at = next;
  }
}

/** @param expectedStart what the body of a good answer begins with; empty if anything will do */
export function createAnswerReader(expectedStart: string): AnswerReader {
  let buffered: Buffer | undefined;
  let length: number | 'chunked' | undefined;
  let remaining = 0;
  let isGood = false;

  /** Whether the body begins as expected; undefined while too little of it has arrived to tell. */
  function startsWell(body: Buffer, answerLength: number | 'chunked'): boolean | undefined {
    const isWhole = answerLength === 'chunked' ? skipChunks(body).isWhole : body.length >= answerLength;
    const lineEnd = answerLength === 'chunked' ? body.indexOf(LINE_END) : -LINE_END.length;
    const start = body.subarray(lineEnd + LINE_END.length);
    if (!isWhole && (start.length < expectedStart.length || lineEnd === -1)) return undefined;
    return start.toString('latin1', 0, expectedStart.length) === expectedStart;
  }

  /** The bytes of the body that have arrived; undefined while they do not suffice. */
  function takeHead(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) return undefined;
    const head = bytes.toString('latin1', 0, end);
    const body = bytes.subarray(end + HEAD_END.length);
    const answerLength = lengthOf(head);
    const isExpected = startsWell(body, answerLength);
    if (isExpected === undefined) return undefined;
    length = answerLength;
    remaining = answerLength === 'chunked' ? 0 : answerLength;
    isGood = head.startsWith('HTTP/1.1 200') && isExpected;
    return body;
  }

  return {
    get isGood() {
      return isGood;
    },
    feed(chunk) {
      let bytes = buffered ? Buffer.concat([buffered, chunk]) : chunk;
      buffered = undefined;
      if (length === undefined) {
        const body = takeHead(bytes);
        if (!body) {
          buffered = bytes;
          return false;
        }
        bytes = body;
      }
      if (length === 'chunked') {
        const { isWhole, rest } = skipChunks(bytes);
        if (rest.length > 0) buffered = rest;
        if (isWhole) length = undefined;
        return isWhole;
      }
      remaining -= bytes.length;
      if (remaining > 0) return false;
      length = undefined;
      return true;
    },
  };
}
