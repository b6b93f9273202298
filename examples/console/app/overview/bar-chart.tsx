import { AxisBottom } from '@visx/axis';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { ChartFrame } from './chart-frame.js';

export interface BarOfChart {
  label: string;
  /** In the unit of the axis. */
  value: number;
  /** What the value is a part of, in the same unit. */
  whole?: number;
  /** The value and the whole, as people read them; one for each column but the first. */
  texts: readonly string[];
}

interface BarChartProps {
  title: string;
  columns: readonly string[];
  bars: readonly BarOfChart[];
  /** Of the axis, such as `TiB`; empty for a count. */
  unit: string;
}

const ROW = 46;
const AXIS = 24;
const TICK = new Intl.NumberFormat('en-GB');

/** Bars from left to right, each with what it is a part of behind it. */
export function BarChart({ title, columns, bars, unit }: BarChartProps) {
  const bottom = bars.length * ROW;
  const max = Math.max(1, ...bars.map(({ value, whole = 0 }) => Math.max(value, whole)));
  const y = scaleBand({ domain: bars.map(({ label }) => label), range: [0, bottom] });
  return (
    <ChartFrame
      title={title}
      columns={columns}
      rows={bars.map(({ label, texts }) => [label, ...texts])}
      height={bottom + AXIS}
      draw={(width) => {
        // Room for half of the last label.
        const x = scaleLinear({ domain: [0, max], range: [0, width - 24], nice: 4 });
        // What is not nothing is seen.
        const widthOf = (value: number): number => (value > 0 ? Math.max(2, x(value)) : 0);
        return (
          <>
            {bars.map(({ label, value, whole, texts }) => {
              const top = y(label) ?? 0;
              return (
                <g key={label}>
                  <text className="chart-label" x={0} y={top + 14}>
                    {label}
                  </text>
                  <text className="chart-value" x={width} y={top + 14} textAnchor="end">
                    {texts.join(' of ')}
                  </text>
                  {whole !== undefined && (
                    <Bar className="chart-whole" x={0} y={top + 22} width={x(whole)} height={12} rx={2} />
                  )}
                  <Bar className="chart-bar" x={0} y={top + 22} width={widthOf(value)} height={12} rx={2} />
                </g>
              );
            })}
            <AxisBottom
              top={bottom}
              scale={x}
              numTicks={4}
              hideAxisLine
              hideTicks
              tickFormat={(tick) => `${TICK.format(Number(tick))} ${unit}`.trim()}
              tickLabelProps={(_tick, at) => ({ className: 'chart-tick', textAnchor: at === 0 ? 'start' : 'middle' })}
            />
          </>
        );
      }}
    />
  );
}
