import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { codeOfMistake } from './code-of-mistake.js';
import { ContractViolation } from './contract-violation.js';
import { isErrorCode, type ErrorCode } from './error-codes.js';
import { GatewayError } from './gateway-error.js';
import { toGatewayError } from './to-gateway-error.js';
import { UpstreamFailure } from './upstream-failure.js';

/** Notified of every failure that an operator may want to see. */
export interface FailureObserver {
  upstreamFailed(failure: UpstreamFailure): void;
  contractViolated(violation: ContractViolation): void;
  /** Something that should not happen: a bug. */
  internal(error: unknown): void;
}

function toClientError(original: unknown, observer: FailureObserver): unknown {
  if (original instanceof ContractViolation) observer.contractViolated(original);
  if (!(original instanceof UpstreamFailure)) return original;
  observer.upstreamFailed(original);
  return toGatewayError(original);
}

/** graphql-js ends a message with what the schema has instead of what was asked for. */
function withoutSuggestion(message: string): string {
  const at = message.lastIndexOf(' Did you mean ');
  return at < 0 ? message : message.slice(0, at);
}

/** Texts of graphql-js repeat what a client sent, in each of many errors. */
const MAX_MESSAGE = 1_000;

const cut = (message: string): string => (message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message);

/** The code that clients see of an error of graphql-js or Apollo Server; undefined if it is a fault of the gateway. */
function codeIn({ extensions }: GraphQLFormattedError, error: unknown): ErrorCode | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const code = extensions?.['code'];
  return isErrorCode(code) && code !== 'INTERNAL_SERVER_ERROR' ? code : codeOfMistake(error);
}

/** The one place where a failure becomes what a client sees; what is not meant for clients becomes INTERNAL_SERVER_ERROR. */
export function createErrorFormatter(
  observer: FailureObserver,
  { suggestions }: { suggestions: boolean },
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const position = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    const known = toClientError(original, observer);
    if (known instanceof GatewayError) {
      const { http: _status, ...extensions } = known.extensions;
      return { message: cut(known.message), ...position, extensions };
    }

    const code = codeIn(formatted, error);
    if (code !== undefined) {
      const message = suggestions ? formatted.message : withoutSuggestion(formatted.message);
      return { message: cut(message), ...position, extensions: { code } };
    }

    observer.internal(known);
    return { message: 'Internal server error', ...position, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  };
}
