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
  return new Admission(options);
}

class Admission implements CallerAdmission {
  constructor(private readonly options: CallerAdmissionOptions) {}

  admit(request: AdmissibleRequest, seen: AuthenticatedAs): Caller | Promise<Caller> {
    const { credentialHeader, accepted, addressLimiter } = this.options;
    const sent = request.headers[credentialHeader];
    const credential = typeof sent === 'string' ? sent : undefined;
    const isKnown = !addressLimiter || (credential !== undefined && accepted.has(credential));
    return isKnown
      ? this.admitKnown(request, credential, seen)
      : this.admitStranger(request, credential, addressLimiter, seen);
  }

  async count(caller: Caller, request: Pick<AdmissibleRequest, 'socket'>): Promise<void> {
    const { callerLimiter } = this.options;
    if (callerLimiter) await this.countBy(callerLimiter, callerKey(caller, request));
  }

  /** Without a promise of its own unless there is something to wait for, because each costs every request. */
  private admitKnown(
    request: AdmissibleRequest,
    credential: string | undefined,
    seen: AuthenticatedAs,
  ): Caller | Promise<Caller> {
    const { authenticate, callerLimiter, accepted } = this.options;
    const caller = authenticate(request);
    if (!(caller instanceof Promise)) return callerLimiter ? this.counted(caller, request, seen) : caller;
    return caller.then(
      (verified) => this.counted(verified, request, seen),
      (error: unknown) => {
        const isRefused = error instanceof GatewayError && error.extensions.http?.status === 401;
        if (isRefused && credential !== undefined) accepted.delete(credential);
        throw error;
      },
    );
  }

  private async admitStranger(
    request: AdmissibleRequest,
    credential: string | undefined,
    limiter: RateLimiter,
    seen: AuthenticatedAs,
  ): Promise<Caller> {
    const key = addressKey(request);
    await this.countBy(limiter, key);
    const caller = await this.options.authenticate(request);
    if (caller.isVerified) {
      void limiter.giveBack(key);
      if (credential !== undefined) this.options.accepted.add(credential);
    }
    return this.counted(caller, request, seen);
  }

  private async counted(caller: Caller, request: AdmissibleRequest, seen: AuthenticatedAs): Promise<Caller> {
    seen.identity = caller.identity;
    await this.count(caller, request);
    return caller;
  }

  private async countBy(limiter: RateLimiter, key: string): Promise<void> {
    const admission = await limiter.admit(key);
    if (admission.isAllowed) return;
    this.options.onRefused?.();
    const { retryAfterSeconds } = admission;
    throw new GatewayError('RATE_LIMITED', `Too many requests. Try again in ${retryAfterSeconds} seconds.`, {
      extensions: { retryAfterSeconds },
      httpStatus: 429,
    });
  }
}
