import type { IncomingHttpHeaders } from 'node:http';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import { parseJson } from '../json/parse-json.js';

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

/** Seconds to wait by a `Retry-After` header (RFC 9110 section 10.2.3: seconds or a date); undefined where there is none. */
export function retryAfterSeconds(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** An answer that is not 2xx, read as the upstream's ErrorResponse as far as it is one. */
export function toStatusFailure(
  { operationId, method }: { operationId: string; method: string },
  { status, headers }: { status: number; headers: IncomingHttpHeaders },
  text: string,
): UpstreamFailure {
  const body = errorBody(text);
  const errorCode = body['errorCode'];
  const retryAfter = retryAfterSeconds(headers['retry-after'], Date.now());
  return new UpstreamFailure({
    operationId,
    kind: 'status',
    status,
    violatedPasswordPolicies: policyMessages(body['violatedPasswordPolicies']),
    ...(Number.isInteger(errorCode) && { errorCode: Number(errorCode) }),
    ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
    ...(method !== 'GET' && status >= 500 && { outcomeUnknown: true }),
  });
}
