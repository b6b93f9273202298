import type { HttpAnswer } from '../operations/http-answer.js';
import { toSpecifiedStatus } from './to-specified-status.js';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { GatewayError } from '../errors/gateway-error.js';
import { STREAM_FORMS, type StreamForm } from './subscriptions/stream-form.js';

export const GRAPHQL_RESPONSE = 'application/graphql-response+json; charset=utf-8';

/** The media types of a GraphQL response to a query or mutation, in Apollo Server's order. */
export const RESPONSE_TYPES: readonly [string, ...string[]] = [
  'application/json; charset=utf-8',
  GRAPHQL_RESPONSE,
  'application/json; callbackSpec=1.0; charset=utf-8',
];

/** How a response to an operation may look. */
export interface ResponseForms {
  /** Of a response in one piece. */
  mediaType: string;
  /** Of the results of a subscription; undefined if `Accept` names no stream. */
  stream: StreamForm | undefined;
  /** Whether a response in one piece goes into such a stream, too. */
  isStreamed: boolean;
  /** What the client gets for an answer; left out if that is the answer itself. */
  toAnswer?: ((answer: HttpAnswer) => HttpAnswer) | undefined;
}

const toSpecifiedAnswer = (answer: HttpAnswer): HttpAnswer => ({ ...answer, status: toSpecifiedStatus(answer) });

/** Longer headers are disregarded, because the time to compare them grows with the square of their length. */
const MAX_LENGTH = 2_048;

const WHOLE: ResponseForms = { mediaType: RESPONSE_TYPES[0], stream: undefined, isStreamed: false };

/** Results by header. Clients send few different ones, and each negotiation takes 20 µs. */
const chosen = new LRUCache<string, ResponseForms>({ max: 200 });

/** A name for the parts to come is the server's to choose: `multipart/mixed;boundary=a;subscriptionSpec=1.0`. */
const BOUNDARY = /;\s*boundary\s*=\s*(?:"[^"]*"|[^\s;,]*)/gi;

const notAcceptable = (available: readonly string[]): GatewayError => {
  const types = [...new Set(available.map((type) => type.split(';')[0]))].join(' and ');
  return new GatewayError('BAD_REQUEST', `Nothing that the accept header allows is served here: only ${types}.`, {
    httpStatus: 406,
  });
};

const negotiate = (accept: string, available: readonly string[]): string | undefined =>
  new Negotiator({ headers: { accept } }).mediaType(available);

/**
 * Chooses the media type of a response by `Accept`: `text/*, application/json` → `application/json; charset=utf-8`.
 * Without the header it is the first of `available`. RFC 9110, section 12.5.1.
 * @throws GatewayError BAD_REQUEST, 406, if none is acceptable
 */
export function chooseMediaType(accept: string | undefined, available: readonly [string, ...string[]]): string {
  if (!accept || accept.length > MAX_LENGTH) return available[0];
  const mediaType = negotiate(accept, available);
  if (mediaType === undefined) throw notAcceptable(available);
  return mediaType;
}

function toForms(accept: string): ResponseForms | undefined {
  const whole = negotiate(accept, RESPONSE_TYPES);
  const forms = STREAM_FORMS.filter(({ isNamedBy }) => isNamedBy.test(accept));
  const named = accept.replace(BOUNDARY, '');
  const streamType = negotiate(
    named,
    forms.map(({ mediaType }) => mediaType),
  );
  const stream = forms.find(({ mediaType }) => mediaType === streamType);
  if (whole === undefined && !stream) return undefined;
  const isPreferred =
    whole === undefined || negotiate(named, [whole, ...(stream ? [stream.mediaType] : [])]) === stream?.mediaType;
  return {
    mediaType: whole ?? RESPONSE_TYPES[0],
    stream,
    isStreamed: isPreferred && (whole === undefined || stream?.takesEverything === true),
    toAnswer: whole === GRAPHQL_RESPONSE ? toSpecifiedAnswer : undefined,
  };
}

/**
 * Chooses how an operation may be answered by `Accept`, before it is known what kind of operation it is. Streams are for clients
 * that name them: a wildcard stands for responses in one piece.
 * @throws GatewayError BAD_REQUEST, 406, if neither is acceptable
 */
export function chooseResponseForms(accept: string | undefined): ResponseForms {
  if (!accept || accept.length > MAX_LENGTH) return WHOLE;
  const known = chosen.get(accept);
  if (known) return known;
  const forms = toForms(accept);
  if (!forms) throw notAcceptable([...RESPONSE_TYPES, ...STREAM_FORMS.map(({ mediaType }) => mediaType)]);
  chosen.set(accept, forms);
  return forms;
}
