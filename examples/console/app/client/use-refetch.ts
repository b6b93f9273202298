import { useEffect } from 'react';
import type { OperationContext } from 'urql';
import { useServices } from './services.js';

/** Reads again whenever something may have changed. */
export function useRefetch(read: (context?: Partial<OperationContext>) => void): void {
  const { changes } = useServices();
  useEffect(() => changes.onChange(() => read({ requestPolicy: 'network-only' })), [changes, read]);
}
