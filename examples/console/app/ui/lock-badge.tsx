import { Icon } from './icon.js';

export function LockBadge({ isLocked }: { isLocked: boolean | null }) {
  if (!isLocked) return <span className="status status-active">Active</span>;
  return (
    <span className="status status-locked">
      <Icon name="lock" />
      Locked
    </span>
  );
}
