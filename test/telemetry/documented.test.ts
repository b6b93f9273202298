import { readFileSync } from 'node:fs';
import { registeredMetrics } from '../support/registered-metrics.js';

describe('docs/observability.md', () => {
  it('lists every metric with its kind, and no other', async () => {
    const rows = readFileSync('docs/observability.md', 'utf8').matchAll(/^\| `(gateway_[a-z_]+)` +\| (\w+) /gm);
    const listed = Object.fromEntries([...rows].map(([, name, kind]) => [name, kind]));
    expect(listed).toEqual(Object.fromEntries(await registeredMetrics()));
  });
});
