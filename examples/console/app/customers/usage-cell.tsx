import { formatBytes } from '../format/bytes.js';
import { toFill } from '../format/fill.js';
import { toBigInt, UNLIMITED, type Long } from '../format/long.js';
import { Meter } from '../ui/meter.js';

interface UsageCellProps {
  label: string;
  used: string;
  max: string;
  /** Used and allowed. */
  fill: [bigint, bigint];
}

/** How much of a limit is used, in words and as a bar. */
export function UsageCell({ label, used, max, fill }: UsageCellProps) {
  return (
    <span className="usage">
      <span className="usage-text">
        <b>{used}</b> <span className="muted">of {max}</span>
      </span>
      <Meter label={label} text={`${used} of ${max}`} fill={toFill(...fill)} />
    </span>
  );
}

/** The same of storage, in bytes. */
export function QuotaCell({ used, max }: { used: Long; max: Long }) {
  const [usedBytes, maxBytes] = [toBigInt(used), toBigInt(max)];
  return (
    <UsageCell
      label="Storage"
      used={formatBytes(usedBytes)}
      max={maxBytes === UNLIMITED ? 'unlimited' : formatBytes(maxBytes)}
      fill={[usedBytes, maxBytes]}
    />
  );
}
