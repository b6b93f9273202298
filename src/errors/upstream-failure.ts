/** Why an upstream call gave no usable answer. */
export type UpstreamFailureKind =
  | 'status'
  | 'timeout'
  | 'unreachable'
  | 'not-json'
  | 'bad-encoding'
  | 'too-large'
  /** No one waits for it any more. */
  | 'aborted'
  /** Not sent: the upstream has failed too often just now. */
  | 'circuit-open'
  /** Not sent: the upstream asked this caller to wait. */
  | 'paced'
  /** Not sent: too many others wait already. */
  | 'overloaded'
  /** A write that was not sent: the time for it was up before its turn came, or the gateway is ending. */
  | 'not-started';

export interface UpstreamFailureDetails {
  operationId: string;
  kind: UpstreamFailureKind;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** DRACOON's own code from the error body, if it has one. */
  errorCode?: number;
  /** When to try again: from `Retry-After`, or what the gateway makes of it. */
  retryAfterSeconds?: number;
  /** It was a write that the upstream may have performed all the same. */
  outcomeUnknown?: boolean;
  /** From a password policy answer, written by the upstream for the person who chose the password. */
  violatedPasswordPolicies?: readonly string[];
  /** The upstream's own words on the failure, for the log alone. */
  detail?: string | undefined;
  /** What the client can do about it, added to the message. */
  advice?: string | undefined;
  cause?: unknown;
}

/** Whose call has failed, for the log. */
export interface CallOrigin {
  /** Undefined if no request stands behind it. */
  requestId: string | undefined;
  /** A hash that tells callers apart. */
  caller: string | undefined;
  /** Whether the gateway's own credential was sent. */
  isOwnCredential: boolean;
}

/** What the upstream client throws. Internal: `toGatewayError` or `toUserErrors` decides what a client sees of it. */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure';
  readonly operationId: string;
  readonly kind: UpstreamFailureKind;
  readonly status: number | undefined;
  readonly errorCode: number | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly outcomeUnknown: boolean;
  readonly violatedPasswordPolicies: readonly string[];
  readonly detail: string | undefined;
  readonly advice: string | undefined;
  /** Of those who wait for a shared call, the first. Undefined until it is known. */
  origin: CallOrigin | undefined;
  /** The argument that holds the refused value, in GraphQL terms. Undefined until it is known. */
  argument: string | undefined;

  constructor(details: UpstreamFailureDetails) {
    const answer = [details.status, details.errorCode].filter((part) => part !== undefined).join(' ');
    super(`${details.operationId}: ${details.kind} ${answer}`.trimEnd(), { cause: details.cause });
    this.operationId = details.operationId;
    this.kind = details.kind;
    this.status = details.status;
    this.errorCode = details.errorCode;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.outcomeUnknown = details.outcomeUnknown === true;
    this.detail = details.detail;
    this.advice = details.advice;
    this.violatedPasswordPolicies = details.violatedPasswordPolicies ?? [];
  }
}
