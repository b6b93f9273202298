import type { ReactNode } from 'react';

interface TableFrameProps {
  /** What is in it, for those who reach it by keyboard to scroll. */
  label: string;
  /** Something else is being read in place of what is shown. */
  isStale?: boolean;
  children: ReactNode;
}

/**
 * Around a table that may be wider than its place. Tables name the roles of their parts, because narrow windows show rows as cards, and
 * some browsers take cells that are laid out otherwise for no cells.
 */
export function TableFrame({ label, isStale = false, children }: TableFrameProps) {
  return (
    <div className="table-frame" role="region" aria-label={label} tabIndex={0} data-stale={isStale || undefined}>
      {children}
    </div>
  );
}
