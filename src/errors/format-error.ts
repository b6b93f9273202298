import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ContractViolation } from './contract-violation.js';
import { isErrorCode } from './error-codes.js';
import { GatewayError } from './gateway-error.js';
import { toGatewayError } from './to-gateway-error.js';
import { UpstreamFailure } from './upstream-failure.js';

/** Told of every failure that an operator may want to see. */
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
      return { message: known.message, ...position, extensions };
    }

    const code = formatted.extensions?.['code'];
    if (error instanceof GraphQLError && isErrorCode(code) && code !== 'INTERNAL_SERVER_ERROR') {
      const message = suggestions ? formatted.message : withoutSuggestion(formatted.message);
      return { message, ...position, extensions: { code } };
    }

    observer.internal(known);
    return { message: 'Internal server error', ...position, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  };
}
