import type { IncomingHttpHeaders } from 'node:http';

/** One request as it arrived, and how it ended. */
export interface LoggedRequest {
  /** `null` when no operation has this method and path. */
  readonly operationId: string | null;
  readonly method: string;
  /** Without the base path and the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The raw request target. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly token: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** `null` while in flight. */
  readonly finishedAt: number | null;
  /** `null` while in flight, and for good if no answer was begun. */
  readonly status: number | null;
}

/** What tests read: which calls reached the sandbox, in order of arrival. */
export interface RequestLog {
  /** The newest 10,000 requests, oldest first. */
  all(): readonly LoggedRequest[];
  of(operationId: string): readonly LoggedRequest[];
  /** The highest number of requests in flight at once since the start or the last `clear`. */
  readonly maxConcurrent: number;
  /** Forgets all requests and starts `maxConcurrent` anew. */
  clear(): void;
}

/** What the server writes: `begin` for each request, and `finished` once it is over. */
export interface RequestRecorder extends RequestLog {
  begin(request: Omit<LoggedRequest, 'finishedAt' | 'status'>): RecordedRequest;
}

export interface RecordedRequest {
  readonly request: LoggedRequest;
  /** Ends the request, with `null` if no answer was begun; further calls do nothing. */
  finished(status: number | null): void;
}

const KEPT_REQUESTS = 10_000;

export function createRequestLog(): RequestRecorder {
  let requests: LoggedRequest[] = [];
  let inFlight = 0;
  let maxConcurrent = 0;

  const all = (): readonly LoggedRequest[] => requests.slice(-KEPT_REQUESTS);

  return {
    all,
    of: (operationId) => all().filter((request) => request.operationId === operationId),
    get maxConcurrent() {
      return maxConcurrent;
    },
    clear() {
      requests = [];
      maxConcurrent = inFlight;
    },
    begin(arrived) {
      const request = { ...arrived, finishedAt: null as number | null, status: null as number | null };
      requests.push(request);
      // Trimmed now and then rather than on every request, which would move 10,000 entries each time.
      if (requests.length >= 2 * KEPT_REQUESTS) requests = requests.slice(-KEPT_REQUESTS);
      inFlight += 1;
      maxConcurrent = Math.max(maxConcurrent, inFlight);
      return {
        request,
        finished(status) {
          if (request.finishedAt !== null) return;
          request.finishedAt = Date.now();
          request.status = status;
          inFlight -= 1;
        },
      };
    },
  };
}
