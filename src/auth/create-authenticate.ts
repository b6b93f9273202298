import type { AuthSettings } from '../config/auth-settings.js';
import { createBearerCallers, type BearerCallersOptions } from './bearer-callers.js';
import type { Authenticate } from './caller.js';
import { type OwnToken, createServiceTokenCallers } from './credentials.js';

/** Header of a caller's credential, in lower case. */
export const CREDENTIAL_HEADERS: Readonly<Record<AuthSettings['mode'], string>> = {
  token: 'x-sds-service-token',
  none: 'x-sds-service-token',
  jwt: 'authorization',
};

export interface AuthenticateOptions extends Pick<BearerCallersOptions, 'logger' | 'dispatcher' | 'onKeysFetched'> {
  /** Goes upstream for callers who bring none of their own. */
  ownToken: OwnToken;
}

/** How callers are known under `settings`. */
export function createAuthenticate(
  settings: AuthSettings,
  { ownToken, ...options }: AuthenticateOptions,
): Authenticate {
  switch (settings.mode) {
    case 'token':
      return createServiceTokenCallers(() => undefined);
    case 'none':
      return createServiceTokenCallers(ownToken.current);
    case 'jwt':
      return createBearerCallers({
        settings: settings.jwt,
        serviceToken: ownToken.current,
        ...options,
        now: () => performance.now(),
      });
  }
}
