import type { IncomingHttpHeaders } from 'node:http';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { UpstreamRequest } from './http-client.js';
import { parseJson } from '../../json/parse-json.js';

const MAX_POLICY_TEXT = 200;
const MAX_POLICIES = 20;

function errorBody(text: string): Record<string, unknown> {
  try {
    const body = parseJson(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function policyMessages(policies: unknown): string[] {
  if (!Array.isArray(policies)) return [];
  return policies
    .slice(0, MAX_POLICIES)
    .map((policy: unknown): unknown =>
      typeof policy === 'object' && policy !== null ? Reflect.get(policy, 'message') : undefined,
    )
    .filter((message): message is string => typeof message === 'string' && message !== '')
    .map((message) => message.slice(0, MAX_POLICY_TEXT));
}

const MAX_DETAIL = 300;

type SentRequest = Pick<UpstreamRequest<unknown>, 'operationId' | 'method' | 'headers' | 'body'> & { target?: string };

/** What a request carries of its caller: credential, texts of its body, values of its filter. */
function textsOf({ target = '', headers = [], body }: SentRequest): string[] {
  const texts: string[] = headers.filter((_, index) => index % 2 === 1);
  if (body !== undefined) {
    JSON.parse(body, (_, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
  }
  const terms = new URLSearchParams(target.split('?')[1]).get('filter')?.split('|') ?? [];
  return [...texts, ...terms.flatMap((term) => term.split(':').slice(2))].filter((text) => text !== '');
}

/**
 * The upstream's words for the log, without what the request carried, quoted values, addresses and long identifiers:
 * `Invalid value 'x' of a@b.example` → `Invalid value '…' of […]`.
 */
function toDetail(request: SentRequest, message: unknown, debugInfo: unknown): string | undefined {
  const parts = [message, debugInfo].filter((text) => typeof text === 'string' && text !== '');
  let words = parts.join(': ').slice(0, 10 * MAX_DETAIL);
  // The longest first, as one may hold another.
  const own = textsOf(request).sort((one, other) => other.length - one.length);
  for (const text of own) words = words.replaceAll(text, '…');
  const detail = words
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/'[^']*'|"[^"]*"/g, "'…'")
    .replace(/\S*[@=/\\]\S*|[\w.+-]*\d[\w.+-]{7,}|[\w-]{24,}/g, '[…]')
    .slice(0, MAX_DETAIL)
    .trim();
  return detail === '' ? undefined : detail;
}

/** Dates as HTTP writes them. `Date.parse` takes `-5` for a month of 2001. */
const HTTP_DATE = /^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/;

/**
 * Seconds to wait by a `Retry-After` header, by RFC 9110, section 10.2.3: `120`, `1.5` → 2, or an HTTP date. Undefined if
 * there is none or it is neither.
 */
export function retryAfterSeconds(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(text)) return Math.ceil(Number(text));
  const date = HTTP_DATE.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** An answer that is not 2xx, read as the upstream's ErrorResponse as far as it is one. */
export function toStatusFailure(
  request: SentRequest,
  { status, headers }: { status: number; headers: IncomingHttpHeaders },
  text: string,
): UpstreamFailure {
  const { operationId, method } = request;
  const body = errorBody(text);
  const errorCode = body['errorCode'];
  const retryAfter = retryAfterSeconds(headers['retry-after'], Date.now());
  return new UpstreamFailure({
    operationId,
    kind: 'status',
    status,
    violatedPasswordPolicies: policyMessages(body['violatedPasswordPolicies']),
    detail: toDetail(request, body['message'], body['debugInfo']),
    ...(Number.isInteger(errorCode) && { errorCode: Number(errorCode) }),
    ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
    ...(method !== 'GET' && status >= 500 && { outcomeUnknown: true }),
  });
}
