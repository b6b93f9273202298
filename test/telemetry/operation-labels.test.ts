import { createOperationLabels } from '../../src/telemetry/metrics/operation-labels.js';
import { OperationTrace } from '../../src/telemetry/operation-trace.js';
import type { FinishedRequest } from '../../src/telemetry/request-observer.js';

interface Given {
  isTrusted?: boolean;
  hasRead?: boolean;
  errorCodes?: readonly string[];
}

function finished(
  name: string | undefined,
  { isTrusted = false, hasRead = true, errorCodes = [] }: Given = {},
): FinishedRequest {
  const trace = new OperationTrace();
  trace.operation = { name, type: 'query', hash: 'h', isTrusted };
  if (hasRead) trace.called({ operationId: 'requestCustomer', milliseconds: 1, failure: undefined, joined: false });
  const request = { headers: {}, requestId: 'r', startedAt: 0, span: undefined };
  return { request, milliseconds: 1, httpStatus: 200, errorCodes, trace, hasJoined: false };
}

describe('the label of an operation', () => {
  it('is its name for the first 200 that went well, and for those again', () => {
    const labelOf = createOperationLabels();
    const labels = Array.from({ length: 1_000 }, (_, number) => labelOf(finished(`Name${number}`)));
    expect(new Set(labels).size).toBe(201);
    expect(labels.slice(199, 202)).toEqual(['Name199', 'other', 'other']);
    expect(labelOf(finished('Name7', { hasRead: false, errorCodes: ['FORBIDDEN'] }))).toBe('Name7');
  });

  it('takes no place for a name that read nothing or failed', () => {
    const labelOf = createOperationLabels();
    for (let number = 0; number < 300; number += 1) {
      expect(labelOf(finished(`Idle${number}`, { hasRead: false }))).toBe('other');
      expect(labelOf(finished(`Failed${number}`, { errorCodes: ['UNAUTHENTICATED'] }))).toBe('other');
    }
    expect(labelOf(finished('Good'))).toBe('Good');
  });

  it('is the name of every trusted document, and a word for what has no name', () => {
    const labelOf = createOperationLabels();
    for (let number = 0; number < 300; number += 1) {
      expect(labelOf(finished(`Trusted${number}`, { isTrusted: true, hasRead: false }))).toBe(`Trusted${number}`);
    }
    expect(labelOf(finished(undefined))).toBe('anonymous');
    expect(labelOf({ ...finished('A'), trace: undefined })).toBe('refused');
    expect(labelOf({ ...finished('A'), trace: new OperationTrace() })).toBe('refused');
  });
});
