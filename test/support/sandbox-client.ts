import { readJson, type Json, type JsonObject } from '../../src/sandbox/http/json.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';

export interface SandboxAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed without losing digits; `undefined` when there is no body. */
  readonly json: Json | undefined;
}

export interface CallOptions {
  readonly query?: Readonly<Record<string, string>>;
  /** JSON text is sent as it is, an object is written as JSON. */
  readonly body?: string | object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the first token. `null` sends none. */
  readonly token?: string | null;
}

/** Calls a sandbox over HTTP, as any client would: `call('GET', '/v4/provisioning/customers')`. */
export type SandboxCall = (method: string, path: string, options?: CallOptions) => Promise<SandboxAnswer>;

export function createSandboxCall(sandbox: Pick<Sandbox, 'url'>): SandboxCall {
  return async (method, path, { query = {}, body, headers = {}, token = SANDBOX_TOKENS.first } = {}) => {
    const search = new URLSearchParams(query).toString();
    const response = await fetch(`${sandbox.url}${path}${search === '' ? '' : `?${search}`}`, {
      method,
      headers: { ...(token === null ? {} : { 'x-sds-service-token': token }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: text === '' ? undefined : readJson(text),
    };
  };
}

/** A member of a JSON object. Throws if the document is no object. */
export function member(json: Json | undefined, name: string): Json | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('Not a JSON object');
  return (json as JsonObject)[name];
}

/** A text or number of a JSON object, as text. Throws if there is none. */
export function textOf(object: JsonObject | undefined, name: string): string {
  const value = object?.[name];
  if (value === undefined || value === null || typeof value === 'object') throw new Error(`There is no ${name}`);
  return String(value);
}

/** The `items` of a list answer. */
export function itemsOf(answer: SandboxAnswer): readonly JsonObject[] {
  return member(answer.json, 'items') as readonly JsonObject[];
}

/** The `range.total` of a list answer. */
export function totalOf(answer: SandboxAnswer): Json | undefined {
  return member(member(answer.json, 'range'), 'total');
}
