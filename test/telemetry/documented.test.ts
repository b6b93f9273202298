import { readFileSync } from 'node:fs';
import { registeredMetrics } from '../support/registered-metrics.js';

/** Values of labels stand behind a colon. */
const labelsIn = (cell: string): string[] => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name);

describe('docs/observability.md', () => {
  it('lists every metric with its kind and its labels, and no other', async () => {
    const page = readFileSync('docs/observability.md', 'utf8');
    const rows = page.matchAll(/^\| `(gateway_[a-z_]+)` +\| (\w+) +\| ([^|]*)\|/gm);
    const listed = [...rows].map(([, name = '', kind = '', cell = '']) => [name, { kind, labels: labelsIn(cell) }]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(await registeredMetrics()));
  });
});
