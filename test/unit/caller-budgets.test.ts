import { createCallerBudgets, createOperationBudget } from '../../src/loaders/operation-budget.js';

const ofEvents = (perMinute: number) => ({
  limit: 'eventUpstreamRequests',
  perMinute,
  message: `Events may cost ${perMinute} upstream requests a minute.`,
});

describe('the budget of a caller', () => {
  it('is so many requests at once and as many a minute on average, apart for each caller', () => {
    let clock = 0;
    const budgetOf = createCallerBudgets(ofEvents(60), () => clock);
    budgetOf('a').spend(60);
    expect([budgetOf('a').remaining, budgetOf('b').remaining]).toEqual([0, 60]);
    expect(() => budgetOf('a').spend(1)).toThrow('Events may cost 60 upstream requests a minute.');
    clock = 10_000;
    expect(budgetOf('a').remaining).toBe(10);
    budgetOf('a').spend(10);
    expect(() => budgetOf('a').spend(1)).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    clock = 500_000;
    expect(budgetOf('a').remaining).toBe(60);
  });

  it('admits all of many small amounts that it has', () => {
    for (const perMinute of [7, 777, 7_777]) {
      const budget = createCallerBudgets(ofEvents(perMinute), () => 987_654_321.123)('a');
      for (let count = 0; count < perMinute; count += 1) budget.spend(1);
      expect(() => budget.spend(1)).toThrow();
    }
  });

  it('bounds the budgets of operations, which spend nothing that they lack themselves', () => {
    const callers = createCallerBudgets(ofEvents(10), () => 0)('a');
    const [one, other] = [
      createOperationBudget(8, { requests: callers }),
      createOperationBudget(8, { requests: callers }),
    ];
    one.spend(8);
    expect(other.remaining).toBe(2);
    expect(() => other.spend(3)).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    expect(() => one.spend(1)).toThrow(expect.objectContaining({ code: 'OPERATION_LIMIT_EXCEEDED' }));
    other.spend(2);
    expect(callers.remaining).toBe(0);
  });

  it('is named by an operation that would have had enough itself', () => {
    const requests = createCallerBudgets(ofEvents(5), () => 0)('a');
    const operation = createOperationBudget(8, { requests });
    expect([6, 9].map((needed) => operation.exceeded(needed).code)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    expect(createOperationBudget(4, { requests }).exceeded(6).code).toBe('OPERATION_LIMIT_EXCEEDED');
    expect(operation.exceeded(6).extensions).toMatchObject({ limit: 'eventUpstreamRequests', retryAfterSeconds: 12 });
  });

  it('bounds writes apart, of which one that is refused costs nothing', () => {
    const [requests, writes] = [
      createCallerBudgets(ofEvents(5), () => 0)('a'),
      createCallerBudgets(ofEvents(1), () => 0)('a'),
    ];
    const operation = createOperationBudget(8, { requests, writes });
    operation.spend(1, true);
    expect(() => operation.spend(1, true)).toThrow('Events may cost 1 upstream requests a minute.');
    operation.spend(1);
    expect([operation.remaining, requests.remaining, writes.remaining]).toEqual([3, 3, 0]);
  });
});
