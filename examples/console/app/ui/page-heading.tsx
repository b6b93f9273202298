import { useEffect, useRef, type ReactNode } from 'react';
import { hasNavigated } from '../navigation/location-store.js';

interface PageHeadingProps {
  /** For the title of the window. */
  title: string;
  children: ReactNode;
}

/** The heading of a page. Anyone who comes from another page finds the focus on it, as after a page load. */
export function PageHeading({ title, children }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasNavigated()) heading.current?.focus();
  }, []);
  useEffect(() => {
    document.title = `${title} · Provisioning`;
  }, [title]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
