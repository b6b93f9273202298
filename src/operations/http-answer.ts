import type { Written } from '../executor/text.js';
import type { IncomingMessage } from 'node:http';
import type { OperationTrace } from '../telemetry/operation-trace.js';

/** A GraphQL request over HTTP. */
export interface HttpQuestion {
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>;
  /** Parsed; undefined unless it came by POST. */
  body: unknown;
  /** Of the response, chosen by the request's `Accept`. */
  mediaType: string;
}

/** A whole answer to a GraphQL request. */
export interface HttpAnswer {
  status: number;
  /** Names in lower case and values in turn, without the length of the text. */
  headers: readonly string[];
  text: Written;
  /** `latin1` where each character of the text is a byte already, as in every long text. */
  encoding: 'utf8' | 'latin1';
  /** Of the operation that was run for it, maybe for another request. */
  trace: OperationTrace;
}
