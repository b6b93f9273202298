import { ContractViolation } from '../../src/errors/contract-violation.js';
import { UpstreamFailure } from '../../src/errors/upstream-failure.js';
import { createFailureLog } from '../../src/telemetry/failure-log.js';
import { toStatusFailure } from '../../src/upstream/http/status-failure.js';

function record(): { lines: [string, object, string][]; log: ReturnType<typeof createFailureLog> } {
  const lines: [string, object, string][] = [];
  const write = (level: string) => (facts: object, message: string) => lines.push([level, facts, message]);
  return { lines, log: createFailureLog({ info: write('info'), warn: write('warn'), error: write('error') }, () => 0) };
}

describe('the failure log', () => {
  it('names each broken place of the contract once', () => {
    const { lines, log } = record();
    for (let round = 0; round < 3; round += 1) {
      log.contractViolated(new ContractViolation('Customer.quotaMax', 'missing'));
      log.contractViolated(new ContractViolation('Customer.id', 'not a 64-bit integer'));
    }
    expect(lines).toEqual([
      ['warn', { place: 'Customer.quotaMax: missing' }, 'upstream violated its contract'],
      ['warn', { place: 'Customer.id: not a 64-bit integer' }, 'upstream violated its contract'],
    ]);
  });

  it('tells of a failed call what it was, and not where the upstream is', () => {
    const { lines, log } = record();
    const cause = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:443'), { code: 'ECONNREFUSED' });
    log.upstreamFailed(new UpstreamFailure({ operationId: 'requestCustomer', kind: 'unreachable', cause }));
    expect(JSON.stringify(lines)).not.toContain('10.1.2.3');
    expect(lines[0]?.[1]).toMatchObject({ operationId: 'requestCustomer', kind: 'unreachable', cause: 'ECONNREFUSED' });
  });

  it("has the upstream's own words, without what may be a caller's, and not without end", () => {
    const { lines, log } = record();
    const body = {
      message: 'Bad Request',
      debugInfo:
        "Invalid value 'hunter2' of ada@example.com, token abcdefghijklmnopqrstuvwxyz at https://internal.example/x\n 4711081512345 " +
        'and so on '.repeat(1_000),
    };
    const request = { operationId: 'createCustomer', method: 'POST' as const };
    log.upstreamFailed(toStatusFailure(request, { status: 400, headers: {} }, JSON.stringify(body)));
    const { detail } = lines[0]?.[1] as { detail: string };
    expect(detail).toMatch(/^Bad Request: Invalid value '…' of \[…\] token \[…\] at \[…\] \[…\] and so on/);
    expect(detail.length).toBeLessThanOrEqual(300);
  });
});
