import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { navigate } from './location-store.js';

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: string;
}

/** An anchor that stays within the page, unless it is asked to open elsewhere. */
export function Link({ to, ...attributes }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return <a {...attributes} href={to} onClick={follow} />;
}
