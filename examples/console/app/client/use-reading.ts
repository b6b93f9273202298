import { useCallback, useEffect, useState } from 'react';
import { useQuery, type AnyVariables, type CombinedError, type UseQueryArgs } from 'urql';
import { useServices } from './services.js';

export interface Reading<Data> {
  /** What was read last; of other variables, as long as what is asked for now is still to come. */
  data: Data | undefined;
  error: CombinedError | undefined;
  isReading: boolean;
  readAgain: () => void;
}

/** Whether an error took all of an answer. */
const isLost = (answer: object, error: CombinedError | undefined): boolean =>
  error !== undefined && Object.values(answer).every((value) => value === null);

/** A query that is read again whenever something may have changed. What it has stays if that fails. */
export function useReading<Data, Variables extends AnyVariables>(args: UseQueryArgs<Variables, Data>): Reading<Data> {
  const { changes } = useServices();
  const [{ data: answer, error, fetching, stale, operation }, read] = useQuery(args);
  const data = answer && !isLost(answer, error) ? answer : undefined;
  const [kept, setKept] = useState<{ key: number; data: Data }>();
  if (data !== undefined && operation && kept?.data !== data) setKept({ key: operation.key, data });
  const readAgain = useCallback(() => read({ requestPolicy: 'network-only' }), [read]);
  useEffect(() => changes.onChange(readAgain), [changes, readAgain]);
  return {
    data: data ?? (kept && kept.key === operation?.key ? kept.data : undefined),
    error,
    isReading: fetching || stale,
    readAgain,
  };
}
