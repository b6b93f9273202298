import type { Environment } from './checked-values.js';
import { findMeant } from './find-meant.js';
import { isLoopback } from './parsers.js';
import type { Variable } from './variable.js';
import { VARIABLES, type Values } from './variables.js';

const QUOTE = `["'\`]`;
const QUOTED = new RegExp(`^${QUOTE}|${QUOTE}$`);
const ANY_QUOTE = new RegExp(QUOTE);

/** Names in the environment that look like a variable's and are none. */
function misspelt(env: Environment): string[] {
  const known = Object.keys(VARIABLES);
  return Object.keys(env).flatMap((name) => {
    if (known.includes(name)) return [];
    const meant = findMeant(name, known);
    return meant === undefined ? [] : [`${name} is not a variable of the gateway. Did you mean ${meant}?`];
  });
}

/** `docker --env-file` and `set` of Windows keep quotes. */
function quoted(env: Environment): string[] {
  return Object.entries<Variable>(VARIABLES).flatMap(([name, { isSecret }]) => {
    const text = env[name] ?? '';
    const isNoted = isSecret ? ANY_QUOTE.test(text) : QUOTED.test(text);
    return isNoted ? [`${name} holds quotes, which are part of its value. Leave them out if they are not meant.`] : [];
  });
}

function cacheNotes(values: Partial<Values>): string[] {
  const ttls = Object.values(values.CACHE_TTL_SECONDS ?? {});
  if (ttls.length === 0 || ttls.some((seconds) => seconds > 0)) return [];
  return (['CACHE_SWR_SECONDS', 'CACHE_STALE_IF_ERROR_SECONDS'] as const)
    .filter((name) => (values[name] ?? 0) > 0)
    .map((name) => `${name} has no effect: CACHE_TTL_SECONDS is 0, so nothing is cached.`);
}

function deadlineNotes({
  UPSTREAM_TIMEOUT_MS: attempt = 0,
  REQUEST_TIMEOUT_MS: whole = Infinity,
}: Partial<Values>): string[] {
  if (attempt <= whole) return [];
  return [
    'UPSTREAM_TIMEOUT_MS is above REQUEST_TIMEOUT_MS: every attempt ends at REQUEST_TIMEOUT_MS, and no retry follows.',
  ];
}

/** OpenTelemetry reads the share for some samplers only. */
function samplerNotes(env: Environment, { OTEL_TRACES_SAMPLER: sampler }: Partial<Values>): string[] {
  if (!env['OTEL_TRACES_SAMPLER_ARG'] || sampler?.endsWith('traceidratio')) return [];
  return [
    'OTEL_TRACES_SAMPLER_ARG has no effect without OTEL_TRACES_SAMPLER=parentbased_traceidratio or traceidratio.',
  ];
}

/** What processes have to share. */
function sharingNotes(values: Partial<Values>): string[] {
  if (values.REDIS_URL !== undefined) return [];
  const isCaching = Object.values(values.CACHE_TTL_SECONDS ?? {}).some((seconds) => seconds > 0);
  const isPolling = (values.CHANGE_POLL_SECONDS ?? 0) > 0;
  const isSeveral = (values.WORKERS ?? 1) > 1;
  const apart: [boolean, string][] = [
    [isCaching, 'CACHE_TTL_SECONDS: a write through one worker leaves what others have cached.'],
    [(values.RATE_LIMIT_PER_MINUTE ?? 0) > 0, 'RATE_LIMIT_PER_MINUTE: each worker counts by itself.'],
    [values.WEBHOOK_SECRETS !== undefined, 'WEBHOOK_SECRETS: only the worker that receives a delivery knows of it.'],
    [isPolling, 'CHANGE_POLL_SECONDS: each worker looks for changes by itself.'],
  ];
  if (isSeveral)
    return apart.filter(([is]) => is).map(([, text]) => `WORKERS without REDIS_URL does not go well with ${text}`);
  if (!isPolling || values.NODE_ENV !== 'production') return [];
  return [
    'CHANGE_POLL_SECONDS without REDIS_URL: each replica looks for changes by itself, and what changes during a restart is missed.',
  ];
}

/** In production only: elsewhere the upstream may well be another process of a test. */
function transportNotes({ NODE_ENV, UPSTREAM_URL: url }: Partial<Values>): string[] {
  const isPlain = url?.protocol === 'http:' && !isLoopback(url.hostname);
  if (NODE_ENV !== 'production' || !isPlain) return [];
  return ['UPSTREAM_URL is plain http: service tokens and customers cross the network unencrypted.'];
}

/** Sentences about settings that are valid, and unsafe or unlikely to be meant. `env` has trimmed values. */
export function toNotes(env: Environment, values: Partial<Values>): readonly string[] {
  return [
    ...misspelt(env),
    ...quoted(env),
    ...cacheNotes(values),
    ...deadlineNotes(values),
    ...samplerNotes(env, values),
    ...sharingNotes(values),
    ...transportNotes(values),
  ];
}
