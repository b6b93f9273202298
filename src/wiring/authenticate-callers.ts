import type { Authenticate } from '../auth/caller.js';
import { createAuthenticate } from '../auth/create-authenticate.js';
import type { OwnToken } from '../auth/credentials.js';
import type { Config } from '../config.js';
import type { HealthCheck } from '../http/health/health-check.js';
import { watchKeys } from '../http/health/watch-keys.js';
import type { Logger } from '../telemetry/logger.js';
import type { GatewayHooks } from '../telemetry/operation-trace.js';
import { toOpenProxied } from './open-proxied.js';

/** Wires who is let in, and what readiness says of the keys of bearer tokens. */
export function authenticateCallers(
  { auth, proxies }: Config,
  { ownToken, hooks, logger }: { ownToken: OwnToken; hooks: Pick<GatewayHooks, 'keysFetched'>; logger: Logger },
): { authenticate: Authenticate; checks: readonly HealthCheck[] } {
  const keys = watchKeys();
  const authenticate = createAuthenticate(auth, {
    ownToken,
    logger,
    dispatcher: toOpenProxied(proxies)?.({}),
    onKeysFetched(failure) {
      keys.fetched(failure);
      hooks.keysFetched?.(failure ?? 'ok');
    },
  });
  return { authenticate, checks: auth.mode === 'jwt' ? [keys] : [] };
}
