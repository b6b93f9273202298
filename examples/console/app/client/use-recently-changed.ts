import { useEffect, useState } from 'react';
import { useServices } from './services.js';

const RECENT_MS = 3_000;

/** The ids of customers that something has just happened to. */
export function useRecentlyChanged(): ReadonlySet<string> {
  const { live } = useServices();
  const [ids, setIds] = useState<readonly string[]>([]);
  useEffect(
    () =>
      live.onEvent(({ customerId }) => {
        setIds((known) => [...known, customerId]);
        setTimeout(() => setIds((known) => known.toSpliced(known.indexOf(customerId), 1)), RECENT_MS);
      }),
    [live],
  );
  return new Set(ids);
}
