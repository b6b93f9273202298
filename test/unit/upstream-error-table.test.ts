import { readFileSync } from 'node:fs';
import { toUserErrors } from '../../src/errors/to-user-errors.js';
import { upstreamErrorRow } from '../../src/errors/upstream-error-table.js';
import { UpstreamFailure } from '../../src/errors/upstream-failure.js';

interface Response {
  'x-error-codes'?: { errorCode: number | null; code?: number }[];
}
const spec = JSON.parse(readFileSync('openapi/provisioning.openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, { responses: Record<string, Response> }>>;
};

const documented = new Set(
  Object.values(spec.paths)
    .flatMap((operations) => Object.values(operations))
    .flatMap(({ responses }) => Object.entries(responses))
    .flatMap(([status, response]) =>
      (response['x-error-codes'] ?? []).map(({ errorCode }) => `${status} ${errorCode}`),
    ),
);

/** Documented, but nothing that the caller of a mutation can correct. */
const NOT_CORRECTABLE = ['401 -10006', '401 -10012', '403 null', '404 -1', '406 null'];

describe('the upstream error table', () => {
  it('makes a user error of exactly those documented errors that a caller can correct', () => {
    const others = [...documented].filter((key) => {
      const [status, errorCode] = key.split(' ').map(Number);
      return upstreamErrorRow(status ?? 0, Number.isNaN(errorCode) ? undefined : errorCode).userError === undefined;
    });
    expect(others.sort()).toEqual(NOT_CORRECTABLE);
  });

  it('is total', () => {
    for (let status = 0; status < 600; status += 1) expect(upstreamErrorRow(status, 12345).code).toBeTruthy();
    expect(upstreamErrorRow(418, undefined)).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: false });
  });

  it('never lets a write failure of the server pass as a user error', () => {
    for (const status of [401, 403, 429, 500, 502, 503, 504]) {
      const failure = new UpstreamFailure({ operationId: 'x', kind: 'status', status });
      expect(toUserErrors(failure, {})).toBeUndefined();
    }
  });
});
