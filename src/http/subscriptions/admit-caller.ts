import type { Caller } from '../../auth/caller.js';
import { GatewayError } from '../../errors/gateway-error.js';
import { toGatewayError } from '../../errors/to-gateway-error.js';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { CredentialChecks } from '../../subscriptions/credential-checks.js';
import { atExpiry } from './at-expiry.js';
import type { Connection, Place } from './connections.js';
import { toCallerKey } from './to-caller-key.js';
import { createTurns } from './turns.js';

/** A connection that asks to be admitted. */
export interface Applicant {
  connection: Connection;
  place: Place;
  /** Where it comes from. */
  address: string;
}

/**
 * Admits the connection of a caller once the upstream has accepted the credential, and ends it when the credential is no good
 * any more. Returns what to call once the connection has ended. @throws GatewayError if it is not admitted
 */
export type AdmitCaller = (caller: Caller, applicant: Applicant) => Promise<() => void>;

export interface AdmitCallerOptions {
  checks: CredentialChecks;
  /** Whether the caller has sent the service token, which only the upstream can tell from a made-up one. */
  bringsToken(caller: Caller): boolean;
}

/** Upstream reads for credentials of one address that are not known to be good. */
const MAX_CHECKS_OF_AN_ADDRESS = 8;
const RETRY_AFTER_SECONDS = 5;

const unauthenticated = (message: string, { challenge }: Caller): GatewayError =>
  new GatewayError('UNAUTHENTICATED', message, { httpStatus: 401, challenge });

function uncheckable(failure: UpstreamFailure): GatewayError {
  const { code, extensions } = toGatewayError(failure);
  return new GatewayError(code, 'The credential cannot be checked at the moment. Try again soon.', {
    cause: failure,
    httpStatus: 503,
    extensions: { retryAfterSeconds: RETRY_AFTER_SECONDS, ...extensions },
  });
}

export function createAdmitCaller({ checks, bringsToken }: AdmitCallerOptions): AdmitCaller {
  const turns = createTurns(MAX_CHECKS_OF_AN_ADDRESS);

  async function verdictOn(serviceToken: string, address: string): ReturnType<CredentialChecks['check']> {
    const known = checks.known(serviceToken);
    if (known) return known;
    const endTurn = await turns.take(address);
    try {
      return await checks.check(serviceToken);
    } catch (failure) {
      throw failure instanceof UpstreamFailure ? uncheckable(failure) : failure;
    } finally {
      endTurn();
    }
  }

  return async (caller, { connection, place, address }) => {
    const { serviceToken } = caller;
    if (serviceToken === undefined) throw unauthenticated(caller.signIn, caller);
    const isChecked = bringsToken(caller);
    if (isChecked && (await verdictOn(serviceToken, address)) === 'refused') {
      throw unauthenticated('The upstream does not accept the credential.', caller);
    }
    place.admit(toCallerKey(caller));
    const callOff = atExpiry(caller, () => connection.end(unauthenticated('The credential has expired.', caller)));
    const stop = isChecked
      ? checks.watch(serviceToken, () =>
          connection.reject(unauthenticated('The upstream no longer accepts the credential.', caller)),
        )
      : undefined;
    return () => {
      callOff();
      stop?.();
      place.leave();
    };
  };
}
