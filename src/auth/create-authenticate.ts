import type { AuthSettings } from '../config/auth-settings.js';
import type { Logger } from '../telemetry/logger.js';
import { createBearerCallers } from './bearer-callers.js';
import type { Authenticate } from './caller.js';
import { createServiceTokenCallers } from './service-token-callers.js';

/** How callers are known under `settings`. `ownToken` is the gateway's own credential, where it has one. */
export function createAuthenticate(settings: AuthSettings, ownToken: string | undefined, logger: Logger): Authenticate {
  switch (settings.mode) {
    case 'token':
      return createServiceTokenCallers(undefined);
    case 'none':
      return createServiceTokenCallers(ownToken);
    case 'jwt':
      if (ownToken === undefined) throw new Error('bearer tokens need a credential of the gateway');
      return createBearerCallers({ settings: settings.jwt, serviceToken: ownToken, logger, now: () => Date.now() });
  }
}
