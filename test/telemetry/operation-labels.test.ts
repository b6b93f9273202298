import { createOperationLabels } from '../../src/telemetry/metrics/operation-labels.js';
import { OperationTrace } from '../../src/telemetry/operation-trace.js';
import type { FinishedRequest } from '../../src/telemetry/request-observer.js';

interface Given {
  isTrusted?: boolean;
  isProven?: boolean;
  token?: string;
  errorCodes?: readonly string[];
}

function finished(
  name: string | undefined,
  { isTrusted = false, isProven = true, errorCodes = [], token = 'own' }: Given = {},
): FinishedRequest {
  const trace = new OperationTrace();
  trace.operation = { name, type: 'query', hash: 'h', isTrusted, documentId: undefined };
  const request = {
    headers: { 'x-sds-service-token': token },
    requestId: 'r',
    identity: undefined,
    startedAt: 0,
    span: undefined,
  };
  return { request, milliseconds: 1, httpStatus: 200, errorCodes, trace, hasJoined: false, isProven };
}

describe('the label of an operation', () => {
  it('is its name for the first 100 of one caller, and for those again', () => {
    const labelOf = createOperationLabels();
    const labels = Array.from({ length: 1_000 }, (_, number) => labelOf(finished(`Name${number}`)));
    expect(new Set(labels).size).toBe(101);
    expect(labels.slice(99, 102)).toEqual(['Name99', 'other', 'other']);
    expect(labelOf(finished('Name7', { isProven: false, errorCodes: ['FORBIDDEN'] }))).toBe('Name7');
  });

  it('is left to other callers by one that takes all it can, and never more than 200 in all', () => {
    const labelOf = createOperationLabels();
    const taken = Array.from({ length: 10 }, (_, caller) => {
      const names = Array.from({ length: 300 }, (__, number) => `Name${caller}x${number}`);
      return names.filter((name) => labelOf(finished(name, { token: `token-${caller}` })) === name).length;
    });
    expect(taken.slice(0, 4)).toEqual([100, 50, 25, 13]);
    expect(taken.reduce((sum, number) => sum + number)).toBeLessThanOrEqual(200);
  });

  it('takes no place for a name of an unproven credential', () => {
    const labelOf = createOperationLabels();
    for (let number = 0; number < 300; number += 1) {
      expect(labelOf(finished(`Strange${number}`, { isProven: false }))).toBe('other');
      expect(labelOf(finished(`Failed${number}`, { isProven: false, errorCodes: ['UNAUTHENTICATED'] }))).toBe('other');
    }
    expect(labelOf(finished('Good'))).toBe('Good');
  });

  it('is the name of every trusted document, and a word for what has no name', () => {
    const labelOf = createOperationLabels();
    for (let number = 0; number < 300; number += 1) {
      expect(labelOf(finished(`Trusted${number}`, { isTrusted: true, isProven: false }))).toBe(`Trusted${number}`);
    }
    expect(labelOf(finished(undefined))).toBe('anonymous');
    expect(labelOf({ ...finished('A'), trace: undefined })).toBe('refused');
    expect(labelOf({ ...finished('A'), trace: new OperationTrace() })).toBe('refused');
  });
});
