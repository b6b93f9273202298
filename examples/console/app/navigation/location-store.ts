import { useSyncExternalStore } from 'react';
import { CUSTOMERS_PATH } from './route.js';

const CHANGE = 'locationchange';

const read = (): string => window.location.pathname + window.location.search;

let steps = 0;
let table = window.location.pathname === CUSTOMERS_PATH ? read() : CUSTOMERS_PATH;

/** Keeps the latest state of the table, for the way back to it. */
function look(): void {
  steps += 1;
  if (window.location.pathname === CUSTOMERS_PATH) table = read();
}

window.addEventListener('popstate', look);
window.addEventListener(CHANGE, look);

/** Whether this is no longer the page that was opened. */
export const hasNavigated = (): boolean => steps > 0;

/** Where the table was left. */
export const tableAddress = (): string => table;

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(CHANGE, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(CHANGE, listener);
  };
}

/** Path and query of the address, as it changes. */
export const useAddress = (): string => useSyncExternalStore(subscribe, read);

/** Goes to an address of the console; `replace` leaves no step to go back to. */
export function navigate(to: string, { replace = false } = {}): void {
  if (to === read()) return;
  window.history[replace ? 'replaceState' : 'pushState'](null, '', to);
  window.dispatchEvent(new Event(CHANGE));
}
