/** Why an upstream call gave no usable answer. */
export type UpstreamFailureKind =
  | 'status'
  | 'timeout'
  | 'unreachable'
  | 'not-json'
  | 'bad-encoding'
  | 'too-large'
  /** Nobody waits for it any more. */
  | 'aborted'
  /** Not sent: the upstream has failed too often just now. */
  | 'circuit-open'
  /** Not sent: the upstream asked this caller to wait. */
  | 'paced'
  /** Not sent: too many others wait already. */
  | 'overloaded';

export interface UpstreamFailureDetails {
  operationId: string;
  kind: UpstreamFailureKind;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** DRACOON's own code from the error body, where it has one. */
  errorCode?: number;
  /** When to try again: from `Retry-After`, or what the gateway makes of it. */
  retryAfterSeconds?: number;
  /** It was a write that the upstream may have performed all the same. */
  outcomeUnknown?: boolean;
  /** From a password policy answer, written by the upstream for the person who chose the password. */
  violatedPasswordPolicies?: readonly string[];
  cause?: unknown;
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

  constructor(details: UpstreamFailureDetails) {
    const answer = [details.status, details.errorCode].filter((part) => part !== undefined).join(' ');
    super(`${details.operationId}: ${details.kind} ${answer}`.trimEnd(), { cause: details.cause });
    this.operationId = details.operationId;
    this.kind = details.kind;
    this.status = details.status;
    this.errorCode = details.errorCode;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.outcomeUnknown = details.outcomeUnknown === true;
    this.violatedPasswordPolicies = details.violatedPasswordPolicies ?? [];
  }
}
