import fc from 'fast-check';
import { createAnswerReader } from '../../../bench/load/answer-reader.js';

const BODY = '{"data":{"customer":null}}';
const START = '{"data":{';

const sized = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const chunked = (status: string, ...parts: string[]): string =>
  `HTTP/1.1 ${status}\r\ntransfer-encoding: chunked\r\n\r\n${[...parts, '']
    .map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`)
    .join('')}`;

/** Feeds the text in the given pieces; the answers that were whole, each with whether it was good. */
function read(text: string, pieceLengths: readonly number[]): boolean[] {
  const reader = createAnswerReader(START);
  const bytes = Buffer.from(text);
  const answers: boolean[] = [];
  let at = 0;
  for (const length of [...pieceLengths, bytes.length]) {
    const piece = bytes.subarray(at, at + length);
    at += piece.length;
    if (piece.length > 0 && reader.feed(piece)) answers.push(reader.isGood);
  }
  return answers;
}

const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 20 });

describe('createAnswerReader', () => {
  it.each([
    ['by its length', sized('200 OK', BODY), true],
    ['in one chunk', chunked('200 OK', BODY), true],
    ['in several chunks', chunked('200 OK', BODY.slice(0, 12), BODY.slice(12)), true],
    ['with another status', sized('503 Service Unavailable', BODY), false],
    ['with errors first', sized('200 OK', '{"errors":[{"message":"no"}],"data":null}'), false],
    ['without data', chunked('200 OK', '{"data":null,"errors":[{"message":"no"}]}'), false],
    ['without a body', sized('200 OK', ''), false],
  ])('reads an answer %s, in whatever pieces it comes', (_name, text, isGood) => {
    fc.assert(fc.property(pieces, (lengths) => expect(read(text, lengths)).toEqual([isGood])));
  });

  it('reads one answer after another', () => {
    const reader = createAnswerReader(START);
    for (const text of [sized('200 OK', BODY), chunked('200 OK', BODY), sized('500 No', BODY), sized('200 OK', BODY)]) {
      expect(reader.feed(Buffer.from(text))).toBe(true);
      expect(reader.isGood).toBe(text.startsWith('HTTP/1.1 200'));
    }
  });

  it('demands a length or chunks', () => {
    expect(() => read('HTTP/1.1 200 OK\r\n\r\n', [])).toThrow('neither');
  });
});
