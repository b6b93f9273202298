import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../../errors/gateway-error.js';
import { callerKey } from './caller-key.js';
import type { RateLimiter } from './rate-limiter.js';

/** Counts a request before anything of it is read. @throws GatewayError RATE_LIMITED (429) with `retryAfterSeconds` */
export function createRefuseTooMany(
  limiter: RateLimiter,
  onRefused: () => void,
): (request: Pick<IncomingMessage, 'headers' | 'socket'>) => Promise<void> {
  return async (request) => {
    const admission = await limiter.admit(callerKey(request));
    if (admission.isAllowed) return;
    onRefused();
    const { retryAfterSeconds } = admission;
    throw new GatewayError('RATE_LIMITED', `Too many requests. Try again in ${retryAfterSeconds} seconds.`, {
      extensions: { retryAfterSeconds },
      httpStatus: 429,
    });
  };
}
