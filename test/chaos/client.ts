import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import type { AnswerData, Operation, OperationKind } from './operations.js';
import { findLeaks } from './secrets.js';

export interface OutcomeError {
  readonly code: string;
  readonly retryAfterSeconds: unknown;
}

/** The outcome of one operation, as its client saw it. */
export interface Outcome {
  readonly kind: OperationKind;
  readonly token: string;
  /** On the clock of `performance.now()`. */
  readonly sentAtMs: number;
  readonly tookMs: number;
  /** Whether a GraphQL answer came at all. */
  readonly isAnswered: boolean;
  /** Whether it came without errors and holds what was asked for. */
  readonly isGood: boolean;
  readonly errors: readonly OutcomeError[];
  /** Secrets found in its headers or body. */
  readonly leaks: readonly string[];
}

export interface Client {
  /** Never rejects: that no answer came is an outcome. */
  send(operation: Operation): Promise<Outcome>;
  close(): Promise<void>;
}

interface GraphqlBody {
  readonly data?: AnswerData | null;
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** Far longer than any operation may take; what is not answered by then counts as unanswered. */
const PATIENCE_MS = 30_000;

function loadBody(text: string): GraphqlBody | undefined {
  try {
    const body = JSON.parse(text) as GraphqlBody;
    return 'data' in body || 'errors' in body ? body : undefined;
  } catch {
    return undefined;
  }
}

const toErrors = (body: GraphqlBody | undefined): OutcomeError[] =>
  (body?.errors ?? []).map(({ extensions }) => ({
    code: typeof extensions?.['code'] === 'string' ? extensions['code'] : 'none',
    retryAfterSeconds: extensions?.['retryAfterSeconds'],
  }));

/** Opens as many connections as it needs, so that a slow answer never delays the next request. */
export function createClient(gatewayUrl: string, secrets: readonly string[]): Client {
  const pool = new Pool(gatewayUrl, { connections: null });

  async function exchange({ token, body }: Operation): Promise<{ text: string; headers: string } | undefined> {
    try {
      const answer = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', 'x-sds-service-token': token },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return { text: await answer.body.text(), headers: JSON.stringify(answer.headers) };
    } catch {
      return undefined;
    }
  }

  return {
    async send(operation) {
      const sentAtMs = performance.now();
      const answer = await exchange(operation);
      const tookMs = performance.now() - sentAtMs;
      const body = answer && loadBody(answer.text);
      const errors = toErrors(body);
      return {
        kind: operation.kind,
        token: operation.token,
        sentAtMs,
        tookMs,
        isAnswered: body !== undefined,
        isGood: errors.length === 0 && body?.data != null && operation.accepts(body.data),
        errors,
        leaks: answer ? findLeaks(`${answer.headers}\n${answer.text}`, secrets) : [],
      };
    },
    close: () => pool.destroy(),
  };
}
