/** How the results of a subscription are written to a response. */
export interface StreamForm {
  /** In the words of `Accept`. */
  mediaType: string;
  /** Whether an `Accept` header means it: wildcards do not. */
  isNamedBy: RegExp;
  /** Whether clients that prefer it get every response in it, errors included, and not only the results of subscriptions. */
  takesEverything: boolean;
  contentType: string;
  /** What the body begins with. */
  start: string;
  /** Says nothing, but that the connection stands. */
  signOfLife: string;
  /** What goes before a result for the client to send it back as `Last-Event-ID`, if it does so. */
  toId(cursor: string): string;
  /** What stands around the JSON of one GraphQL response, which may end with a line break. */
  before: string;
  after: string;
  /** Tells that nothing follows, as the subscription is over. */
  end: string;
  /** The JSON of a message that a client gets when its connection is ended for a reason. */
  toRejection(errors: readonly object[]): string;
}

/** Server-sent events, in the distinct connections mode of graphql-sse. */
export const EVENT_STREAM: StreamForm = {
  mediaType: 'text/event-stream',
  isNamedBy: /text\/event-stream/i,
  takesEverything: true,
  contentType: 'text/event-stream; charset=utf-8',
  start: ':\n\n',
  signOfLife: ':\n\n',
  toId: (cursor) => `id: ${cursor}\n`,
  before: 'event: next\ndata: ',
  after: '\n\n',
  end: 'event: complete\ndata:\n\n',
  toRejection: (errors) => `event: next\ndata: ${JSON.stringify({ errors })}\n\n`,
};

/** A part, after the boundary before it. Clients read a part once they have the boundary after it. */
const PART = '\r\ncontent-type: application/json\r\n\r\n';
const BOUNDARY = '\r\n--graphql';

/** Apollo's protocol for subscriptions in parts, which Apollo Client, iOS and Kotlin speak. */
const MULTIPART: StreamForm = {
  mediaType: 'multipart/mixed;subscriptionSpec=1.0',
  isNamedBy: /multipart\/mixed[^,]*subscriptionSpec/i,
  takesEverything: false,
  contentType: 'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0',
  start: `${BOUNDARY}${PART}{}${BOUNDARY}`,
  signOfLife: `${PART}{}${BOUNDARY}`,
  toId: () => '',
  before: `${PART}{"payload":`,
  after: `}${BOUNDARY}`,
  end: '--\r\n',
  toRejection: (errors) => `${PART}${JSON.stringify({ payload: null, errors })}${BOUNDARY}`,
};

export const STREAM_FORMS: readonly StreamForm[] = [EVENT_STREAM, MULTIPART];
