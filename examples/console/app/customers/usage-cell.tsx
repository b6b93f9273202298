import { formatBytes } from '../format/bytes.js';
import { toFill } from '../format/fill.js';
import { toBigInt, UNLIMITED, type Long } from '../format/long.js';
import { Meter } from '../ui/meter.js';

interface UsageCellProps {
  label: string;
  used: string;
  /** Such as `of 25`, or that there is none. */
  limit: string;
  /** Used and allowed. */
  fill: [bigint, bigint];
}

/** How much of a limit is used, in words and as a bar. */
export function UsageCell({ label, used, limit, fill }: UsageCellProps) {
  return (
    <span className="usage">
      <span className="usage-text">
        <b>{used}</b> <span className="muted">{limit}</span>
      </span>
      <Meter label={label} text={`${used} ${limit}`} fill={toFill(...fill)} />
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
      limit={maxBytes === UNLIMITED ? 'no limit' : `of ${formatBytes(maxBytes)}`}
      fill={[usedBytes, maxBytes]}
    />
  );
}
