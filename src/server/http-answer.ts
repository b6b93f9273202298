import type { Written } from '../lane/long-text.js';
import type { OperationTrace } from '../telemetry/operation-trace.js';

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

/** A header's value; undefined where there is none. */
export function headerOf({ headers }: HttpAnswer, name: string): string | undefined {
  for (let index = 0; index < headers.length; index += 2) if (headers[index] === name) return headers[index + 1];
  return undefined;
}
