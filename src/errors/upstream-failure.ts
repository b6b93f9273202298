/** Why an upstream call gave no usable answer. */
export type UpstreamFailureKind = 'status' | 'timeout' | 'unreachable' | 'aborted' | 'not-json' | 'too-large';

export interface UpstreamFailureDetails {
  operationId: string;
  kind: UpstreamFailureKind;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** DRACOON's own code from the error body, where it has one. */
  errorCode?: number;
  /** From `Retry-After`, in seconds. */
  retryAfterSeconds?: number;
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
  readonly violatedPasswordPolicies: readonly string[];

  constructor(details: UpstreamFailureDetails) {
    const answer = [details.status, details.errorCode].filter((part) => part !== undefined).join(' ');
    super(`${details.operationId}: ${details.kind} ${answer}`.trimEnd(), { cause: details.cause });
    this.operationId = details.operationId;
    this.kind = details.kind;
    this.status = details.status;
    this.errorCode = details.errorCode;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.violatedPasswordPolicies = details.violatedPasswordPolicies ?? [];
  }
}
