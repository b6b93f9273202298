import {
  afterWrite,
  describeOutcome,
  select,
  type CustomerOutcome,
} from '../../../examples/console/app/selection/selected-customer.js';

const [one, two, three] = ['1', '2', '3'].map((id) => ({ id, companyName: `Company ${id}` })) as [
  CustomerOutcome['customer'],
  CustomerOutcome['customer'],
  CustomerOutcome['customer'],
];

describe('select', () => {
  it('adds customers once, and takes them out', () => {
    const some = select(select(new Map(), [one, two], true), [two, three], true);
    expect([...some.keys()]).toEqual(['1', '2', '3']);
    expect([...select(some, [one, three], false).values()]).toEqual([two]);
  });
});

describe('afterWrite', () => {
  it('keeps what was not done with its reason, and what was not sent as it is', () => {
    const outcomes: CustomerOutcome[] = [
      { customer: one, status: 'DONE', text: '' },
      { customer: two, status: 'FAILED', text: 'Slow down.' },
    ];
    expect([...afterWrite(select(new Map(), [one, two, three], true), outcomes).values()]).toEqual([
      { ...two, problem: 'Failed. Slow down.' },
      three,
    ]);
  });

  it('drops the reason once the write was done', () => {
    const failed = new Map([['2', { ...two, problem: 'Failed.' }]]);
    expect(afterWrite(failed, [{ customer: two, status: 'DONE', text: '' }]).size).toBe(0);
  });
});

describe('describeOutcome', () => {
  it.each([
    ['DONE', '', 'Done.'],
    ['REJECTED', 'The quota is too small.', 'Rejected. The quota is too small.'],
    [undefined, 'The gateway has sent no result.', 'Unknown. The gateway has sent no result.'],
  ] as const)('of %s', (status, text, description) =>
    expect(describeOutcome({ customer: one, status, text })).toBe(description),
  );
});
