import type { Fill } from '../format/fill.js';

interface MeterProps {
  label: string;
  /** Such as `1.2 GiB of 2 GiB`; read out in place of the percentage. */
  text: string;
  fill: Fill | undefined;
}

/** A bar of how much of a limit is used; dashed if there is none. */
export function Meter({ label, text, fill }: MeterProps) {
  if (!fill) return <span className="meter meter-unlimited" aria-hidden="true" />;
  const shown = Math.min(fill.percent, 100);
  return (
    <span
      className={`meter meter-${fill.level}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={shown}
      aria-valuetext={text}
    >
      <span style={{ inlineSize: `${String(shown)}%` }} />
    </span>
  );
}
