import { toFill } from '../format/fill.js';
import { Meter } from '../ui/meter.js';

interface FigureProps {
  title: string;
  used: string;
  max: string;
  /** Used and allowed. */
  amounts: [bigint, bigint];
  note: string;
}

const PERCENT = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** One figure that matters, large. */
export function Figure({ title, used, max, amounts, note }: FigureProps) {
  const fill = toFill(...amounts);
  return (
    <section className="panel figure">
      <h2>{title}</h2>
      <p className="figure-text">
        <b>{used}</b> <span className="muted">of {max}</span>
        {fill && <span className={`figure-percent figure-${fill.level}`}>{PERCENT.format(fill.percent)} %</span>}
      </p>
      <Meter label={title} text={`${used} of ${max}`} fill={fill} />
      <p className="figure-note">{note}</p>
    </section>
  );
}
