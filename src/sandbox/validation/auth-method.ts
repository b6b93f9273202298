import { ApiFailure, type FailureName } from '../http/errors.js';
import { mandatory, type BodyReader } from './body-reader.js';

const AUTH_METHODS = ['basic', 'active_directory', 'radius', 'openid'] as const;
export type AuthMethod = (typeof AUTH_METHODS)[number];

/** What a user name which is taken is answered with. */
export const LOGIN_TAKEN: Readonly<Record<AuthMethod, FailureName>> = {
  basic: 'basicLoginTaken',
  active_directory: 'activeDirectoryLoginTaken',
  radius: 'radiusLoginTaken',
  openid: 'openIdLoginTaken',
};

const KNOWN_ACTIVE_DIRECTORY_CONFIG = 1;
const KNOWN_OPENID_CONFIG = 1;

/** Which method a first admin logs in with: `authData`, else the deprecated `authMethods`, else basic. */
export function readAuthMethod(admin: BodyReader): AuthMethod {
  const authData = admin.object('authData');
  if (authData !== undefined) {
    const method = toAuthMethod(mandatory(authData.text('method'), 'authData.method'));
    checkConfiguration(authData.count('adConfigId'), KNOWN_ACTIVE_DIRECTORY_CONFIG, 'activeDirectoryConfigNotFound');
    checkConfiguration(authData.count('oidConfigId'), KNOWN_OPENID_CONFIG, 'openIdConfigNotFound');
    return method;
  }
  const authMethods = admin.objects('authMethods');
  if (authMethods === undefined) return 'basic';
  const [enabled, ...others] = authMethods
    .map((item) => ({
      method: toAuthMethod(mandatory(item.text('authId'), 'authId')),
      isEnabled: mandatory(item.boolean('isEnabled'), 'isEnabled'),
    }))
    .filter(({ isEnabled }) => isEnabled);
  if (enabled === undefined) throw new ApiFailure('noAuthMethod');
  if (others.length > 0) throw new ApiFailure('severalAuthMethods');
  return enabled.method;
}

function toAuthMethod(name: string): AuthMethod {
  // `sql` is the older name of basic, still listed among the options of authMethods.
  const method = AUTH_METHODS.find((known) => known === (name === 'sql' ? 'basic' : name));
  if (method === undefined) throw new ApiFailure('invalidAuthMethod');
  return method;
}

function checkConfiguration(id: number | undefined, known: number, failure: FailureName): void {
  if (id !== undefined && id !== known) throw new ApiFailure(failure);
}
