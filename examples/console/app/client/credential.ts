const KEY = 'console:token';

/** A JSON Web Token in its compact form; service tokens of DRACOON do not begin like this. RFC 7515, section 3.1. */
const BEARER = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/;

/** The service token of DRACOON or the bearer token that requests carry; kept for as long as the tab. Null if the gateway asks for none. */
export const token = (): string | null => window.sessionStorage.getItem(KEY);

/** The headers that say who sends a request: `eyJ….….…` → `{ authorization: 'Bearer eyJ….….…' }` */
export function credentialHeaders(credential = token()): Record<string, string> {
  if (credential === null) return {};
  return BEARER.test(credential) ? { authorization: `Bearer ${credential}` } : { 'x-sds-service-token': credential };
}

/** Starts anew as the owner of the token: nothing that another has read is left in memory. */
export function signIn(credential: string): void {
  window.sessionStorage.setItem(KEY, credential);
  window.location.reload();
}

export function signOut(): void {
  window.sessionStorage.removeItem(KEY);
  window.location.reload();
}
