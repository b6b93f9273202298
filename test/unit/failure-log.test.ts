import { ContractViolation } from '../../src/errors/contract-violation.js';
import { UpstreamFailure } from '../../src/errors/upstream-failure.js';
import { createFailureLog } from '../../src/telemetry/failure-log.js';

function record(): { lines: [string, object, string][]; log: ReturnType<typeof createFailureLog> } {
  const lines: [string, object, string][] = [];
  const write = (level: string) => (facts: object, message: string) => lines.push([level, facts, message]);
  return { lines, log: createFailureLog({ info: write('info'), warn: write('warn'), error: write('error') }) };
}

describe('the failure log', () => {
  it('names each broken place of the contract once', () => {
    const { lines, log } = record();
    for (let round = 0; round < 3; round += 1) {
      log.contractViolated(new ContractViolation('Customer.quotaMax', 'missing'));
      log.contractViolated(new ContractViolation('Customer.id', 'not a 64-bit integer'));
    }
    expect(lines).toEqual([
      ['warn', { place: 'Customer.quotaMax: missing' }, 'the upstream broke its contract'],
      ['warn', { place: 'Customer.id: not a 64-bit integer' }, 'the upstream broke its contract'],
    ]);
  });

  it('tells of a failed call what it was, and not where the upstream is', () => {
    const { lines, log } = record();
    const cause = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:443'), { code: 'ECONNREFUSED' });
    log.upstreamFailed(new UpstreamFailure({ operationId: 'requestCustomer', kind: 'unreachable', cause }));
    expect(JSON.stringify(lines)).not.toContain('10.1.2.3');
    expect(lines[0]?.[1]).toMatchObject({ operationId: 'requestCustomer', kind: 'unreachable', cause: 'ECONNREFUSED' });
  });
});
