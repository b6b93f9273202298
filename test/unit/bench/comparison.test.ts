import { choose, loadOptions } from '../../../bench/options.js';
import { toComparison } from '../../../bench/report/comparison.js';
import { toText } from '../../../bench/report/format-number.js';
import { toMarkdownTable } from '../../../bench/report/markdown-table.js';
import { toSpread } from '../../../bench/report/spread.js';
import type { Sample } from '../../../bench/harness/sample.js';
import { toCanonical, toRounded, toSelected } from '../../../bench/workloads/canonical.js';

const sample = (change: Partial<Sample>): Sample => ({
  requestsPerSecond: 1000,
  p50Ms: 1,
  p99Ms: 2,
  cpuMicrosPerRequest: 500,
  residentMebibytes: 100,
  upstreamPerRequest: 1,
  failures: 0,
  misses: 0,
  harnessShare: 0.5,
  serverShare: 1,
  ...change,
});

describe('toSpread', () => {
  it('is the middle, the least and the most', () => {
    expect(toSpread([9, 1, 4])).toEqual({ median: 4, least: 1, most: 9 });
    expect(toSpread([9, 1, 4, 2])).toEqual({ median: 3, least: 1, most: 9 });
    expect(() => toSpread([])).toThrow();
  });
});

describe('toComparison', () => {
  it('is above 1 where the first target does better', () => {
    const [ours, other] = toComparison(
      [
        { target: 'ours', samples: [sample({})] },
        { target: 'other', samples: [sample({ requestsPerSecond: 250, cpuMicrosPerRequest: 1500 })] },
      ],
      true,
    );
    expect(ours).toMatchObject({ throughputRatio: 1, cpuRatio: 1, doubts: [] });
    expect(other).toMatchObject({ throughputRatio: 4, cpuRatio: 3 });
  });

  it.each<[string, Partial<Sample>, boolean, RegExp]>([
    ['a busy harness', { harnessShare: 0.95 }, true, /harness at 95 %/],
    ['a core that others had', { serverShare: 0.4 }, true, /core for 40 %/],
    ['bad answers', { failures: 3 }, false, /3 bad/],
    ['an upstream that had to compute', { misses: 7 }, false, /7 upstream answers/],
  ])('doubts %s', (_name, change, keepsServerBusy, doubt) => {
    const rows = toComparison([{ target: 'ours', samples: [sample({}), sample(change)] }], keepsServerBusy);
    expect(rows[0]?.doubts).toEqual([expect.stringMatching(doubt)]);
  });

  it('has no ratios where the first target could not be measured', () => {
    const rows = toComparison(
      [
        { target: 'ours', samples: [] },
        { target: 'other', samples: [sample({})] },
      ],
      true,
    );
    expect(rows).toMatchObject([{ target: 'other', throughputRatio: NaN, cpuRatio: NaN }]);
  });

  it('does not doubt a server that waits by its workload, and leaves out what was not measured', () => {
    const rows = toComparison(
      [
        { target: 'ours', samples: [sample({ serverShare: 0.4 })] },
        { target: 'gone', samples: [] },
      ],
      false,
    );
    expect(rows).toMatchObject([{ target: 'ours', doubts: [] }]);
  });
});

describe('what is printed', () => {
  it('has three digits that count', () => {
    expect([1234, 45.678, 0.07894, Infinity].map(toText)).toEqual(['1,230', '45.7', '0.0789', '–']);
  });

  it('lines its columns up', () => {
    expect(
      toMarkdownTable(
        ['a', 'req/s'],
        [
          ['ours', '1'],
          ['other', '12'],
        ],
      ),
    ).toBe(['| a     | req/s |', '| ----- | ----: |', '| ours  |     1 |', '| other |    12 |'].join('\n'));
  });
});

describe('answers of all targets', () => {
  it('have one form', () => {
    const ours = { nodes: [{ id: '7', customerContractType: 'PAY', createdAt: '2024-05-06T07:08:09Z', email: null }] };
    const theirs = {
      items: [{ email: null, createdAt: '2024-05-06T07:08:09.000Z', customerContractType: 'pay', id: 7 }],
    };
    expect(toCanonical(theirs)).toEqual(toCanonical(ours));
    expect(toCanonical({ id: 8 })).not.toEqual(toCanonical({ id: 7 }));
  });

  it('are cut down to what was selected, if a property that is not there is null', () => {
    expect(
      toSelected(
        [{ id: '7', more: '1', users: [{ a: '1', b: '2' }] }],
        [{ id: '0', email: null, users: [{ a: '0' }] }],
      ),
    ).toEqual([{ id: '7', email: null, users: [{ a: '1' }] }]);
  });

  it('are equal when rounded, where only a double stood between', () => {
    expect(toRounded({ quotaMax: '9007199254740993' })).toEqual(toRounded({ quotaMax: '9007199254740992' }));
    expect(toRounded({ id: '9007' })).not.toEqual(toRounded({ id: '9008' }));
  });
});

describe('loadOptions', () => {
  it('reads what narrows a run', () => {
    expect(
      loadOptions(['--only', 'W1,W4', '--connections', '1,128', '--env', 'WORKERS=2', '--env', 'A=b=c']),
    ).toMatchObject({
      mode: 'compare',
      only: ['W1', 'W4'],
      connections: [1, 128],
      env: { WORKERS: '2', A: 'b=c' },
    });
    expect(loadOptions(['--soak', '5']).mode).toEqual({ soakMinutes: 5 });
    expect(loadOptions(['--growth']).mode).toBe('growth');
  });

  it.each([[['--rounds', 'many']], [['--seconds', '0']], [['--env', 'WORKERS']], [['--unknown']]])(
    'refuses %j',
    (args) => {
      expect(() => loadOptions(args)).toThrow();
    },
  );

  it('names what there is, where a name is unknown', () => {
    expect(() => choose(['W1', 'W2'], ['W9'], (id) => id)).toThrow('There is no W9. There are W1, W2.');
    expect(choose(['W1', 'W2'], ['W2', 'W1'], (id) => id)).toEqual(['W1', 'W2']);
  });
});
