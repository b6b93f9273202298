import { CACHED_ENTITIES, type CachedEntity } from '../cache/cache-policy.js';
import type { DayOffset } from '../loaders/upstream-traits.js';

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

/** The clocks of the world are up to 12 hours behind UTC, and up to 14 ahead of it. */
const WIDEST_DAY_OFFSET: DayOffset = { min: -12, max: 14 };

/** Hours between two bounds: `-12..14` → `{ min: -12, max: 14 }`. */
export function dayOffset(text: string): DayOffset {
  const [, min = NaN, max = NaN] = (/^(-?\d{1,2})\.\.(-?\d{1,2})$/.exec(text) ?? []).map(Number);
  const isWithin = min >= WIDEST_DAY_OFFSET.min && min <= max && max <= WIDEST_DAY_OFFSET.max;
  if (!isWithin) throw new Error('be two whole hours from -12 to 14 with two dots between them, such as 1..2');
  return Object.freeze({ min, max });
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

/** The URL of a proxy, http where no scheme is given: `proxy.example:3128` → `http://proxy.example:3128/`. */
export function proxyUrl(text: string): URL {
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  const isProxy =
    (url?.protocol === 'http:' || url?.protocol === 'https:') && url.pathname === '/' && !url.search && !url.hash;
  if (!url || !isProxy) throw new Error('be the http or https URL of a proxy such as http://proxy.example:3128');
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

const LOOPBACK_HOST = /^(?:localhost\.?|127(?:\.\d{1,3}){3}|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/;

/** A host as URLs write it: `127.1` → `127.0.0.1`, `::1` → `[::1]`, `LocalHost` → `localhost`. */
export function toUrlHost(host: string): string {
  const url = `http://${/^[^[]*:/.test(host) ? `[${host}]` : host}`;
  // URL drops line breaks, which no host has.
  return !/\s/.test(host) && URL.canParse(url) ? new URL(url).hostname : host;
}

/** An address or name of this machine, without scheme, port or path. */
export function listenHost(text: string): string {
  const isHost = /^(?:[\w.-]+|\[[\da-f:.%]+\]|[\da-f]*:[\da-f]*:[\w:.%]*)$/i.test(text);
  if (!isHost) throw new Error('be an address or host name such as 0.0.0.0, without scheme, port or path');
  return text;
}

/** Whether a host name or address, with or without brackets, is this machine's own. */
export const isLoopback = (host: string): boolean => LOOPBACK_HOST.test(toUrlHost(host));

/** Names or addresses of hosts, between commas, as URLs write them. */
export function hostNames(text: string): readonly string[] {
  return text.split(',').map((part) => {
    const host = part.trim();
    const isHost = /^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(host) && URL.canParse(`http://${host}`);
    if (!isHost) throw new Error('be host names such as gateway.example, between commas, without ports');
    return toUrlHost(host);
  });
}

/** Names that a tool can have in the Model Context Protocol, between commas. */
export function toolNames(text: string): readonly string[] {
  const names = text.split(',').map((part) => part.trim());
  if (!names.every((name) => /^[A-Za-z0-9_.-]{1,128}$/.test(name))) {
    throw new Error('be names of operations, between commas, of letters, digits, _, - and . only');
  }
  return names;
}

/** A name as composition takes it. */
export function subgraphName(text: string): string {
  if (!/^[A-Za-z][\w-]{0,63}$/.test(text))
    throw new Error('be the name of a subgraph: a letter, then letters, digits, _ and -');
  return text;
}

const DISCOVERY_DOCUMENT = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)(?:\/|$)/;

/** The https URL of a key set; http on a loopback host only, as anyone who can change the keys can be anyone. */
export function keySetUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!url || !isSafe) throw new Error('be an https URL, or an http one on a loopback host');
  if (url.username || url.password || url.hash) throw new Error('hold no credentials or fragment');
  if (DISCOVERY_DOCUMENT.test(url.pathname)) {
    throw new Error('be the address of the keys themselves, which the discovery document names as jwks_uri');
  }
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

/** A number from 0 to 1. */
export function share(text: string): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(value <= 1)) throw new Error('be a number from 0 to 1');
  return value;
}

/** `name=value` pairs between commas, the values percent-encoded: what OpenTelemetry takes for headers. */
export function headerPairs(text: string): Readonly<Record<string, string>> {
  const refusal = new Error('be name=value pairs between commas, the values percent-encoded');
  const pairs = text.split(',').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    try {
      return [headerName(pair.slice(0, at).trim()), headerValue(decodeURIComponent(pair.slice(at + 1).trim()))];
    } catch {
      throw refusal;
    }
  });
  return Object.fromEntries(pairs);
}

/** `true` or `false`, in any case. */
export function flag(text: string): boolean {
  if (!/^(?:true|false)$/i.test(text)) throw new Error('be true or false');
  return text.toLowerCase() === 'true';
}

/** `key=value` pairs between commas, percent-encoded: of what breaks the form, OpenTelemetry takes nothing. */
export function resourceAttributes(text: string): string {
  const isWhole = text.split(',').every((pair) => /^ *[^= ][^=]*=(?:[^=%]|%[\dA-F]{2})*$/i.test(pair));
  if (!isWhole) throw new Error('be key=value pairs between commas, percent-encoded');
  return text;
}

/** What can stand in a header's value. */
function headerValue(text: string): string {
  if (!/^[\x20-\x7e]{1,4096}$/.test(text)) throw new Error('no header');
  return text;
}
