import { AxisBottom, AxisLeft } from '@visx/axis';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { countOf } from '../format/count.js';
import { ChartFrame } from './chart-frame.js';

const HEIGHT = 162;
const LEFT = 36;
const BOTTOM = 24;
const TOP = 8;

/** `80–89 %`, and `100 % and more` for the last one. */
const rangeOf = (at: number): string => (at === 10 ? '100 % and more' : `${String(at * 10)}–${String(at * 10 + 9)} %`);

const LEVELS = ['normal', 'high', 'full'] as const;
const levelOf = (at: number) => LEVELS[at >= 10 ? 2 : at >= 8 ? 1 : 0];

/** How many customers have filled which part of their storage. */
export function FillChart({ fills }: { fills: readonly number[] }) {
  const y = scaleLinear({ domain: [0, Math.max(1, ...fills)], range: [HEIGHT - BOTTOM, TOP], nice: 4 });
  return (
    <ChartFrame
      title="Customers with a limit, by storage in use in %"
      columns={['Storage in use', 'Customers']}
      rows={fills.map((count, at) => [rangeOf(at), countOf(count, 'customer')])}
      height={HEIGHT}
      draw={(width) => {
        const x = scaleBand({ domain: fills.map((_count, at) => at), range: [LEFT, width], padding: 0.2 });
        return (
          <>
            {fills.map((count, at) => (
              <Bar
                key={at}
                className={`chart-bar chart-${levelOf(at)}`}
                x={x(at)}
                y={y(count)}
                width={x.bandwidth()}
                height={HEIGHT - BOTTOM - y(count)}
                rx={2}
              />
            ))}
            <AxisLeft
              left={LEFT}
              scale={y}
              numTicks={4}
              hideAxisLine
              hideTicks
              tickLabelProps={{ className: 'chart-tick' }}
            />
            <AxisBottom
              top={HEIGHT - BOTTOM}
              scale={x}
              hideTicks
              tickValues={[0, 2, 4, 6, 8, 10]}
              axisLineClassName="chart-line"
              tickFormat={(at) => (at === 10 ? '100+' : String(at * 10))}
              tickLabelProps={{ className: 'chart-tick', textAnchor: 'middle' }}
            />
          </>
        );
      }}
    />
  );
}
