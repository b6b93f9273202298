import { GatewayError } from '../../errors/gateway-error.js';
import { concat } from '../../executor/text.js';
import type { HttpAnswer } from '../../operations/http-answer.js';
import type { ResponseForms } from '../choose-media-type.js';
import type { StreamForm } from './stream-form.js';
import { toShownError } from './to-shown-error.js';

type Answer = Omit<HttpAnswer, 'trace'>;

/** A whole answer as a stream of one result, which says in its errors what the status would have said. */
export function toStreamed({ headers, text, encoding }: Answer, form: StreamForm): Answer {
  const others = headers.flatMap((name, at) =>
    at % 2 === 0 && name !== 'content-type' ? [name, headers[at + 1] ?? ''] : [],
  );
  return {
    status: 200,
    headers: [...others, 'content-type', form.contentType],
    text: concat(concat(`${form.start}${form.before}`, text), `${form.after}${form.end}`),
    encoding,
  };
}

/**
 * A refused credential as a stream of one result. Clients of event streams take a status for a failure of the network, and send the
 * same credential again. Undefined for other errors and other clients.
 */
export function toStreamedRefusal(error: unknown, forms: ResponseForms | undefined): Answer | undefined {
  if (!forms?.stream || !forms.isStreamed || !(error instanceof GatewayError) || error.code !== 'UNAUTHENTICATED') {
    return undefined;
  }
  const text = JSON.stringify({ errors: [toShownError(error)] });
  const headers = ['cache-control', 'no-store', 'connection', 'close'];
  return toStreamed({ status: 401, headers, text, encoding: 'utf8' }, forms.stream);
}
