const KEY = 'console:service-token';

/** The token of DRACOON that requests carry; kept for as long as the tab. Null if the gateway asks for none. */
export const serviceToken = (): string | null => window.sessionStorage.getItem(KEY);

/** Starts anew as the owner of the token: nothing that another has read is left in memory. */
export function signIn(token: string): void {
  window.sessionStorage.setItem(KEY, token);
  window.location.reload();
}

export function signOut(): void {
  window.sessionStorage.removeItem(KEY);
  window.location.reload();
}
