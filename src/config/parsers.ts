import { CACHED_ENTITIES, type CachedEntity } from '../cache/cache-policy.js';

/** Reads one variable's text; @throws Error whose message completes "NAME must …". */
export type Parser<T> = (text: string) => T;

/** A whole number within bounds. */
export function integer(min: number, max: number): Parser<number> {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= min && value <= max)) throw new Error(`be a whole number from ${min} to ${max}`);
    return value;
  };
}

/** One of a closed list of words. */
export function oneOf<T extends string>(values: readonly T[]): Parser<T> {
  return (text) => {
    const found = values.find((value) => value === text);
    if (found === undefined) throw new Error(`be one of ${values.join(', ')}`);
    return found;
  };
}

/** An http or https URL with nothing but its path. */
export function baseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Error('be an http or https URL such as https://dracoon.example.com/api');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new Error('hold no credentials, query or fragment');
  }
  return url;
}

/** Origins as browsers send them, between commas. */
export function origins(text: string): readonly string[] {
  return text.split(',').map((part) => {
    const origin = part.trim();
    const isOrigin = /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin;
    if (!isOrigin) throw new Error('be origins such as https://app.example.com, between commas, without a path');
    return origin;
  });
}

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/;

/** Whether a host name or address, with or without brackets, is this machine's own. */
export const isLoopback = (host: string): boolean => LOOPBACK_HOST.test(host);

/** The https URL of a key set; http on a loopback host only, as whoever can change the keys can be anyone. */
export function keySetUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!url || !isSafe) throw new Error('be an https URL, or an http one on a loopback host');
  if (url.username || url.password || url.hash) throw new Error('hold no credentials or fragment');
  return url;
}

/** One or more of a closed list of words, separated by commas. */
export function someOf<T extends string>(values: readonly T[]): Parser<readonly T[]> {
  const one = oneOf(values);
  return (text) => {
    const parts = text.split(',').map((part) => part.trim());
    if (parts.some((part) => !(values as readonly string[]).includes(part))) {
      throw new Error(`be a list, separated by commas, of ${values.join(', ')}`);
    }
    return parts.map(one);
  };
}

/** Whether a text can stand in a header as a credential: 1 to 4096 visible ASCII characters. */
export const isCredential = (text: string): boolean => /^[\x21-\x7e]{1,4096}$/.test(text);

/** A credential as it can stand in a header. */
export function credential(text: string): string {
  if (!isCredential(text)) throw new Error('hold a token: 1 to 4096 visible ASCII characters');
  return text;
}

const isSecret = (text: string): boolean => isCredential(text) && text.length >= 16;

/** A credential that is long enough not to be guessed. */
export function secret(text: string): string {
  if (!isSecret(text)) throw new Error('hold a secret: 16 to 4096 visible ASCII characters');
  return text;
}

/** The secrets of webhooks, between commas, each long enough not to be guessed. */
export function webhookSecrets(text: string): readonly string[] {
  return text.split(',').map((part) => {
    const trimmed = part.trim();
    if (!isSecret(trimmed)) throw new Error('be secrets of 16 or more visible ASCII characters each, between commas');
    return trimmed;
  });
}

/** The name of an HTTP header, in lower case. */
export function headerName(text: string): string {
  if (!/^[A-Za-z0-9-]{1,100}$/.test(text)) throw new Error('be the name of an HTTP header');
  return text.toLowerCase();
}

/** The start of names in Redis; braces would say what decides on the place in a cluster. */
export function keyPrefix(text: string): string {
  if (!/^[\x21-\x7a|~]{1,100}$/.test(text)) throw new Error('be 1 to 100 visible ASCII characters without braces');
  return text;
}

/** Seconds for every kind of entity: one number for all, or `kind=number` pairs; kinds left out get 0. */
export function secondsByEntity(text: string): Readonly<Record<CachedEntity, number>> {
  const seconds = integer(0, 86_400);
  if (!text.includes('=')) {
    const same = seconds(text);
    return { customer: same, user: same, webhook: same, system: same };
  }
  const kind = oneOf(CACHED_ENTITIES);
  const pairs = text.split(',').map((pair) => {
    const [name = '', value = ''] = pair.split('=', 2);
    return [kind(name.trim()), seconds(value.trim())] as const;
  });
  return { customer: 0, user: 0, webhook: 0, system: 0, ...Object.fromEntries(pairs) };
}
