import type { ErrorCode } from './error-codes.js';

export interface GatewayErrorOptions {
  /** Added to the `extensions` that the client sees, beside `code`. */
  extensions?: Readonly<Record<string, unknown>>;
  /** Status of the HTTP response where this ends the whole request. */
  httpStatus?: number;
  /** Of a response with status 401: how to authenticate, the value of its `WWW-Authenticate` header (RFC 9110). */
  challenge?: string | undefined;
  /** Of a response with status 405: the methods that are served, the value of its `Allow` header. */
  allow?: string;
  /** Kept for the log, never shown. */
  cause?: unknown;
}

interface HttpPart {
  status: number;
  /** Names in lower case. */
  headers?: ReadonlyMap<string, string>;
}

/** A failure that a client may see as it is: `message` and `extensions` are written for clients and hold no secret. */
export class GatewayError extends Error {
  override readonly name: string = 'GatewayError';
  /** `http` is Apollo Server's convention for status and headers of the response; it does not reach the client. */
  readonly extensions: Readonly<Record<string, unknown> & { http?: HttpPart }>;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: GatewayErrorOptions = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    const { httpStatus, challenge, allow } = options;
    const headers = new Map([
      ...(challenge === undefined ? [] : [['www-authenticate', challenge] as const]),
      ...(allow === undefined ? [] : [['allow', allow] as const]),
    ]);
    this.extensions = {
      ...options.extensions,
      code,
      ...(httpStatus !== undefined && {
        http: {
          status: httpStatus,
          ...(headers.size > 0 && { headers }),
        },
      }),
    };
  }
}

/** The caller's input is wrong; `argument` names the place in GraphQL terms, for example `filter.companyName.contains`. */
export function badUserInput(message: string, argument?: string): GatewayError {
  return new GatewayError('BAD_USER_INPUT', message, argument === undefined ? {} : { extensions: { argument } });
}
