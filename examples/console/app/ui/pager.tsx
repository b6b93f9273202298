import { countOf, formatCount } from '../format/count.js';
import { Icon } from './icon.js';

interface PagerProps {
  noun: string;
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
  onPage: (page: number) => void;
}

/** Which part of a list is shown, read out as it changes, and the way to its neighbours. */
export function Pager({ noun, page, pageSize, total, onPage }: PagerProps) {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  return (
    <nav className="pager" aria-label={`Pages of ${noun}s`}>
      <p className="pager-range" aria-live="polite">
        {total === 0 ? countOf(0, noun) : `${formatCount(first)}–${formatCount(last)} of ${countOf(total, noun)}`}
      </p>
      <div className="pager-steps">
        <button type="button" className="button" disabled={page <= 1} onClick={() => onPage(page - 1)}>
          <Icon name="back" />
          Previous
        </button>
        <span className="pager-place">
          Page {formatCount(page)} of {formatCount(pages)}
        </span>
        <button type="button" className="button" disabled={page >= pages} onClick={() => onPage(page + 1)}>
          Next
          <Icon name="next" />
        </button>
      </div>
    </nav>
  );
}
