import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AcceptedCredentials } from '../../auth/accepted-credentials.js';
import type { Authenticate, Caller } from '../../auth/caller.js';
import { GatewayError } from '../../errors/gateway-error.js';
import type { RateLimiter } from './rate-limiter.js';
import { toNetwork } from './to-network.js';

export type AdmissibleRequest = Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'socket'>;

/** Takes who a caller is as soon as that is known, for the case that the request is refused after all. */
export interface AuthenticatedAs {
  identity: string | undefined;
}

/** Authenticates callers within the rate limits, before anything else of a request is read. */
export interface CallerAdmission {
  /**
   * The caller of a request, at once if nothing has to be waited for.
   * @throws GatewayError RATE_LIMITED (429) with `retryAfterSeconds`, and what `Authenticate` throws
   */
  admit(request: AdmissibleRequest, seen: AuthenticatedAs): Caller | Promise<Caller>;
  /** Counts one more operation of a caller on an open connection. @throws GatewayError RATE_LIMITED */
  count(caller: Caller, request: Pick<AdmissibleRequest, 'socket'>): Promise<void>;
}

export interface CallerAdmissionOptions {
  authenticate: Authenticate;
  /** Header of the credential, in lower case. */
  credentialHeader: string;
  accepted: AcceptedCredentials;
  /** Counts requests by address until their credential is accepted; undefined for no limit. */
  addressLimiter: RateLimiter | undefined;
  /** Counts requests by caller; undefined for no limit. */
  callerLimiter: RateLimiter | undefined;
  onRefused: (() => void) | undefined;
}

const addressKey = ({ socket }: Pick<AdmissibleRequest, 'socket'>): string =>
  `address:${toNetwork(socket.remoteAddress ?? '')}`;

/** By issuer and subject or else by service token; a caller who has sent neither counts by address. */
function callerKey({ identity, serviceToken, isVerified }: Caller, request: Pick<AdmissibleRequest, 'socket'>): string {
  const name = identity ?? (isVerified ? undefined : serviceToken);
  if (name === undefined) return `anonymous ${addressKey(request)}`;
  return `${identity === undefined ? 'token' : 'subject'}:${hash('sha256', name, 'base64')}`;
}

/**
 * Counts by address, authenticates, then counts by caller. A credential that was accepted before does not count by
 * address, so that strangers behind the same proxy or network lock out no known caller.
 */
export function createCallerAdmission(options: CallerAdmissionOptions): CallerAdmission {
  const { authenticate, credentialHeader, accepted, addressLimiter, callerLimiter, onRefused } = options;

  async function countBy(limiter: RateLimiter, key: string): Promise<void> {
    const admission = await limiter.admit(key);
    if (admission.isAllowed) return;
    onRefused?.();
    const { retryAfterSeconds } = admission;
    throw new GatewayError('RATE_LIMITED', `Too many requests. Try again in ${retryAfterSeconds} seconds.`, {
      extensions: { retryAfterSeconds },
      httpStatus: 429,
    });
  }

  const count: CallerAdmission['count'] = async (caller, request) => {
    if (callerLimiter) await countBy(callerLimiter, callerKey(caller, request));
  };

  async function counted(caller: Caller, request: AdmissibleRequest, seen: AuthenticatedAs): Promise<Caller> {
    seen.identity = caller.identity;
    await count(caller, request);
    return caller;
  }

  async function admitStranger(
    request: AdmissibleRequest,
    credential: string | undefined,
    limiter: RateLimiter,
    seen: AuthenticatedAs,
  ): Promise<Caller> {
    const key = addressKey(request);
    await countBy(limiter, key);
    const caller = await authenticate(request);
    if (caller.isVerified) {
      void limiter.giveBack(key);
      if (credential !== undefined) accepted.add(credential);
    }
    return counted(caller, request, seen);
  }

  /** Without a promise of its own unless there is something to wait for, because each costs every request. */
  function admitKnown(
    request: AdmissibleRequest,
    credential: string | undefined,
    seen: AuthenticatedAs,
  ): Caller | Promise<Caller> {
    const caller = authenticate(request);
    if (!(caller instanceof Promise)) return callerLimiter ? counted(caller, request, seen) : caller;
    return caller.then(
      (verified) => counted(verified, request, seen),
      (error: unknown) => {
        const isRefused = error instanceof GatewayError && error.extensions.http?.status === 401;
        if (isRefused && credential !== undefined) accepted.delete(credential);
        throw error;
      },
    );
  }

  return {
    admit(request, seen) {
      const sent = request.headers[credentialHeader];
      const credential = typeof sent === 'string' ? sent : undefined;
      const isKnown = !addressLimiter || (credential !== undefined && accepted.has(credential));
      return isKnown ? admitKnown(request, credential, seen) : admitStranger(request, credential, addressLimiter, seen);
    },
    count,
  };
}
