import { toFill } from '../format/fill.js';
import { Meter } from '../ui/meter.js';

interface FigureProps {
  title: string;
  used: string;
  /** Such as `of 25`, or that there is none. */
  limit: string;
  /** Used and allowed. */
  amounts: [bigint, bigint];
  note: string;
}

const PERCENT = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** One figure that matters, large. */
export function Figure({ title, used, limit, amounts, note }: FigureProps) {
  const fill = toFill(...amounts);
  return (
    <section className="panel figure">
      <h2>{title}</h2>
      <p className="figure-text">
        <b>{used}</b> <span className="muted">{limit}</span>
        {fill && <span className={`figure-percent figure-${fill.level}`}>{PERCENT.format(fill.percent)} %</span>}
      </p>
      <Meter label={title} text={`${used} ${limit}`} fill={fill} />
      <p className="figure-note">{note}</p>
    </section>
  );
}
