import * as v from 'valibot';
import { CACHED_ENTITIES } from '../cache/cache-policy.js';
import type { DayOffset } from '../loaders/upstream-traits.js';

/** Any text. In this file, the message of an issue completes "NAME must …" and holds nothing of the value. */
export const text = v.string();

const matching = (pattern: RegExp, message: string) => v.pipe(text, v.regex(pattern, message));

/** The result of a function of the text; the message of its error is that of the issue. */
export const parsedBy = <T>(parse: (text: string) => T) =>
  v.pipe(
    text,
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      try {
        return parse(dataset.value);
      } catch (error) {
        addIssue({ message: (error as Error).message });
        return NEVER;
      }
    }),
  );

/** Several texts, between commas. */
const list = <T>(item: v.GenericSchema<string, T>) =>
  v.pipe(
    text,
    v.transform((all) => all.split(',').map((part) => part.trim())),
    v.array(item),
    v.readonly(),
  );

/** A whole number within bounds. */
export function integer(min: number, max: number) {
  const message = `be a whole number from ${min} to ${max}`;
  return v.pipe(text, v.digits(message), v.transform(Number), v.minValue(min, message), v.maxValue(max, message));
}

/** The clocks of the world are up to 12 hours behind UTC, and up to 14 ahead of it. */
const WIDEST_DAY_OFFSET: DayOffset = { min: -12, max: 14 };
const DAY_OFFSET = 'be two whole hours from -12 to 14 with two dots between them, such as 1..2';

/** Hours between two bounds: `-12..14` → `{ min: -12, max: 14 }`. */
export const dayOffset = v.pipe(
  matching(/^-?\d{1,2}\.\.-?\d{1,2}$/, DAY_OFFSET),
  v.transform((bounds): DayOffset => {
    const [min = NaN, max = NaN] = bounds.split('..').map(Number);
    return Object.freeze({ min, max });
  }),
  v.check(({ min, max }) => WIDEST_DAY_OFFSET.min <= min && min <= max && max <= WIDEST_DAY_OFFSET.max, DAY_OFFSET),
);

/** One of a closed list of words. */
export const oneOf = <const T extends readonly string[]>(values: T) =>
  v.picklist(values, `be one of ${values.join(', ')}`);

/** One or more of a closed list of words, separated by commas. */
export const someOf = <const T extends readonly string[]>(values: T) =>
  list(v.picklist(values, `be a list, separated by commas, of ${values.join(', ')}`));

const url = (isFit: (url: URL) => boolean, message: string) =>
  v.pipe(
    text,
    v.check((href) => URL.canParse(href), message),
    v.transform((href) => new URL(href)),
    v.check(isFit, message),
  );

const isHttp = ({ protocol }: URL): boolean => protocol === 'http:' || protocol === 'https:';

/** An http or https URL with nothing but its path. */
export const baseUrl = v.pipe(
  url(isHttp, 'be an http or https URL such as https://dracoon.example.com/api'),
  v.check((it) => !(it.username || it.password || it.search || it.hash), 'hold no credentials, query or fragment'),
);

/** The URL of a proxy, http if no scheme is given: `proxy.example:3128` → `http://proxy.example:3128/`. */
export const proxyUrl = v.pipe(
  text,
  v.transform((given) => (/^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `http://${given}`)),
  url(
    (it) => isHttp(it) && it.pathname === '/' && !it.search && !it.hash,
    'be the http or https URL of a proxy such as http://proxy.example:3128',
  ),
);

/** Origins as browsers send them, between commas. */
export const origins = list(
  v.pipe(
    text,
    v.check(
      (origin) => /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin,
      'be origins such as https://app.example.com, between commas, without a path',
    ),
  ),
);

const LOOPBACK_HOST = /^(?:localhost\.?|127(?:\.\d{1,3}){3}|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/;

/** A host as URLs write it: `127.1` → `127.0.0.1`, `::1` → `[::1]`, `LocalHost` → `localhost`. */
export function toUrlHost(host: string): string {
  const url = `http://${/^[^[]*:/.test(host) ? `[${host}]` : host}`;
  // URL drops line breaks, which no host has.
  return !/\s/.test(host) && URL.canParse(url) ? new URL(url).hostname : host;
}

/** An address or name of this machine, without scheme, port or path. */
export const listenHost = matching(
  /^(?:[\w.-]+|\[[\da-f:.%]+\]|[\da-f]*:[\da-f]*:[\w:.%]*)$/i,
  'be an address or host name such as 0.0.0.0, without scheme, port or path',
);

/** Whether a host name or address, with or without brackets, is this machine's own. */
export const isLoopback = (host: string): boolean => LOOPBACK_HOST.test(toUrlHost(host));

/** Names or addresses of hosts, between commas, as URLs write them. */
export const hostNames = list(
  v.pipe(
    text,
    v.check(
      (host) => /^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(host) && URL.canParse(`http://${host}`),
      'be host names such as gateway.example, between commas, without ports',
    ),
    v.transform(toUrlHost),
  ),
);

/** Names that a tool can have in the Model Context Protocol, between commas. */
export const toolNames = list(
  matching(/^[A-Za-z0-9_.-]{1,128}$/, 'be names of operations, between commas, of letters, digits, _, - and . only'),
);

/** A name as composition takes it. */
export const subgraphName = matching(
  /^[A-Za-z][\w-]{0,63}$/,
  'be the name of a subgraph: a letter, then letters, digits, _ and -',
);

const DISCOVERY_DOCUMENT = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)(?:\/|$)/;

/** The https URL of a key set; http on a loopback host only, as anyone who can change the keys can be anyone. */
export const keySetUrl = v.pipe(
  url(
    ({ protocol, hostname }) => protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)),
    'be an https URL, or an http one on a loopback host',
  ),
  v.check((it) => !(it.username || it.password || it.hash), 'hold no credentials or fragment'),
  v.check(
    ({ pathname }) => !DISCOVERY_DOCUMENT.test(pathname),
    'be the address of the keys themselves, which the discovery document names as jwks_uri',
  ),
);

const CREDENTIAL = /^[\x21-\x7e]{1,4096}$/;
const SECRET = /^[\x21-\x7e]{16,4096}$/;

/** Whether a text can stand in a header as a credential: 1 to 4096 visible ASCII characters. */
export const isCredential = (given: string): boolean => CREDENTIAL.test(given);

/** A credential as it can stand in a header. */
export const credential = matching(CREDENTIAL, 'hold a token: 1 to 4096 visible ASCII characters');

/** A credential that is long enough not to be guessed. */
export const secret = matching(SECRET, 'hold a secret: 16 to 4096 visible ASCII characters');

/** The secrets of webhooks, between commas, each long enough not to be guessed. */
export const webhookSecrets = list(
  matching(SECRET, 'be secrets of 16 or more visible ASCII characters each, between commas'),
);

const HEADER_NAME = /^[A-Za-z0-9-]{1,100}$/;

/** The name of an HTTP header, in lower case. */
export const headerName = v.pipe(matching(HEADER_NAME, 'be the name of an HTTP header'), v.toLowerCase());

/** The start of names in Redis; braces would say what decides on the place in a cluster. */
export const keyPrefix = matching(/^[\x21-\x7a|~]{1,100}$/, 'be 1 to 100 visible ASCII characters without braces');

const seconds = integer(0, 86_400);

const sameForAll = v.pipe(
  seconds,
  v.transform((same) => ({ customer: same, user: same, webhook: same, system: same })),
);

const forEach = v.pipe(
  list(
    v.pipe(
      text,
      v.transform((pair) => [...pair.split('=', 2), ''].map((part) => part.trim())),
      v.tuple([oneOf(CACHED_ENTITIES), seconds]),
    ),
  ),
  v.transform((pairs) => ({ customer: 0, user: 0, webhook: 0, system: 0, ...Object.fromEntries(pairs) })),
);

/** Seconds for every kind of entity: one number for all, or `kind=number` pairs; kinds left out get 0. */
export const secondsByEntity = v.lazy((given) => (String(given).includes('=') ? forEach : sameForAll));

/** A number from 0 to 1. */
export const share = v.pipe(
  matching(/^\d+(?:\.\d+)?$/, 'be a number from 0 to 1'),
  v.transform(Number),
  v.maxValue(1, 'be a number from 0 to 1'),
);

function isHeaderPair(pair: string): boolean {
  const at = pair.indexOf('=');
  try {
    const value = decodeURIComponent(pair.slice(at + 1).trim());
    return HEADER_NAME.test(pair.slice(0, at).trim()) && /^[\x20-\x7e]{1,4096}$/.test(value);
  } catch {
    return false;
  }
}

/** `name=value` pairs between commas, the values percent-encoded: what OpenTelemetry takes for headers. */
export const headerPairs = list(
  v.pipe(text, v.check(isHeaderPair, 'be name=value pairs between commas, the values percent-encoded')),
);

/** `true` or `false`, in any case. */
export const flag = v.pipe(
  text,
  v.toLowerCase(),
  v.picklist(['true', 'false'], 'be true or false'),
  v.transform((given) => given === 'true'),
);

/** `key=value` pairs between commas, percent-encoded: of what breaks the form, OpenTelemetry takes nothing. */
export const resourceAttributes = v.pipe(
  text,
  v.check(
    (given) => given.split(',').every((pair) => /^ *[^= ][^=]*=(?:[^=%]|%[\dA-F]{2})*$/i.test(pair)),
    'be key=value pairs between commas, percent-encoded',
  ),
);
