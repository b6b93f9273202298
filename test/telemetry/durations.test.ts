import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { Durations } from '../../src/telemetry/metrics/durations.js';
import { toMetricsText } from '../../src/telemetry/metrics/metrics-text.js';

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LABEL = 'operation';

const textOf = async (registry: Registry): Promise<string> => toMetricsText([await registry.getMetricsAsJSON()]);

const observations = fc.array(
  fc.record({
    label: fc.constantFrom('a', 'b', 'other'),
    seconds: fc.oneof(fc.constantFrom(...BUCKETS, 0), fc.double({ min: 0, max: 20, noNaN: true })),
  }),
  { maxLength: 50 },
);

describe('durations', () => {
  it('are told as a histogram of prom-client tells them', async () => {
    await fc.assert(
      fc.asyncProperty(observations, async (all) => {
        const [own, reference] = [new Registry(), new Registry()];
        const durations = new Durations([own], 'seconds', 'Help.', LABEL);
        const histogram = new Histogram({
          name: 'seconds',
          help: 'Help.',
          labelNames: [LABEL],
          buckets: BUCKETS,
          registers: [reference],
        });
        for (const { label, seconds } of all) {
          durations.add(label, seconds);
          histogram.observe({ [LABEL]: label }, seconds);
        }
        expect(await textOf(own)).toBe(await textOf(reference));
      }),
    );
  });
});
