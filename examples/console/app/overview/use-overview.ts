import { useCallback, useEffect, useState } from 'react';
import { CombinedError, useClient } from 'urql';
import { useServices } from '../client/services.js';
import { OVERVIEW_PAGE } from './documents.js';
import { readCustomers, type ReadCustomers } from './read-customers.js';

export interface OverviewReading {
  /** What was read last, and when. */
  read: (ReadCustomers & { at: string }) | undefined;
  error: CombinedError | undefined;
  /** Customers so far; undefined unless they are being read. */
  progress: number | undefined;
  /** Something has changed since. It is not read again for that alone: each reading costs several requests. */
  isOutdated: boolean;
  readAgain: () => void;
}

export function useOverview(): OverviewReading {
  const client = useClient();
  const { changes } = useServices();
  const [round, setRound] = useState(0);
  const [read, setRead] = useState<OverviewReading['read']>();
  const [error, setError] = useState<CombinedError>();
  const [progress, setProgress] = useState<number | undefined>(0);
  const [isOutdated, setOutdated] = useState(false);

  useEffect(() => changes.onChange(() => setOutdated(true)), [changes]);
  useEffect(() => {
    let isCurrent = true;
    const readPage: Parameters<typeof readCustomers>[0] = async (variables) => {
      const { data, error: failure } = await client
        .query(OVERVIEW_PAGE, variables, { requestPolicy: 'network-only' })
        .toPromise();
      if (!isCurrent || !data?.customers) throw failure ?? new Error('the reading was given up');
      return data.customers;
    };
    const start = async (): Promise<void> => {
      setProgress(0);
      setOutdated(false);
      try {
        const customers = await readCustomers(readPage, (count) => isCurrent && setProgress(count));
        if (!isCurrent) return;
        setRead({ ...customers, at: new Date().toISOString() });
        setError(undefined);
      } catch (failure) {
        if (!isCurrent) return;
        if (!(failure instanceof CombinedError)) throw failure;
        setError(failure);
      }
      setProgress(undefined);
    };
    void start();
    return () => {
      isCurrent = false;
    };
  }, [client, round]);

  const readAgain = useCallback(() => setRound((last) => last + 1), []);
  return { read, error, progress, isOutdated, readAgain };
}
