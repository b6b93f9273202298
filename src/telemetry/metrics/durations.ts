import { Histogram, type MetricObjectWithValues, type MetricValueWithName, type Registry } from 'prom-client';

/** From what a cache answers to the longest that an operation may take by default. */
const BOUNDS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Series {
  /** Observations up to each bound and above the one before; the last are above all bounds. */
  readonly counts: number[];
  sum: number;
}

/** A histogram of durations by one label. Like `createTally`, it does little until it is read, which is as JSON only (`metrics-text.ts`). */
export class Durations extends Histogram {
  private readonly series = new Map<string, Series>();

  constructor(
    registers: Registry[],
    private readonly fullName: string,
    help: string,
    private readonly labelName: string,
  ) {
    super({ name: fullName, help, labelNames: [labelName], buckets: BOUNDS_SECONDS, registers });
  }

  add(label: string, seconds: number): void {
    let series = this.series.get(label);
    if (!series)
      this.series.set(label, (series = { counts: new Array<number>(BOUNDS_SECONDS.length + 1).fill(0), sum: 0 }));
    let at = 0;
    while (seconds > (BOUNDS_SECONDS[at] ?? Infinity)) at += 1;
    series.counts[at] = (series.counts[at] ?? 0) + 1;
    series.sum += seconds;
  }

  override async get(): Promise<MetricObjectWithValues<MetricValueWithName<string>>> {
    const described = await super.get();
    const values = [...this.series].flatMap(([label, series]) => this.valuesOf(label, series));
    return { ...described, values };
  }

  private valuesOf(label: string, { counts, sum }: Series): MetricValueWithName<string>[] {
    const labels = { [this.labelName]: label };
    let total = 0;
    const buckets = counts.map((count, index) => {
      total += count;
      const le = BOUNDS_SECONDS[index] ?? '+Inf';
      return { metricName: `${this.fullName}_bucket`, labels: { le, ...labels }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${this.fullName}_sum`, labels, value: sum },
      { metricName: `${this.fullName}_count`, labels, value: total },
    ];
  }
}
