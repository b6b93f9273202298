import { useEffect, useRef, useState } from 'react';
import { useClient, type AnyVariables, type TypedDocumentNode } from 'urql';
import { toFailure } from '../client/failure.js';
import { useServices } from '../client/services.js';
import type { WriteStatus } from '../gql/graphql.js';
import type { CustomerOutcome, SelectedCustomer } from './selected-customer.js';

/** As the payloads of bulk mutations have it. */
export interface WriteResult {
  status: WriteStatus;
  userErrors: readonly { message: string }[];
  error: { message: string } | null;
}

export interface BulkWrite {
  /** Undefined before the first one is sent. */
  outcomes: readonly CustomerOutcome[] | undefined;
  isBusy: boolean;
  send(customers: readonly SelectedCustomer[]): Promise<void>;
  /** Sends no further request. Results of the one under way still come. */
  stop(): void;
}

/** Customers of one request: small enough for the progress to be seen. */
const CHUNK = 50;

/** Sends a bulk mutation for customers, in several requests one after the other. What is shown is read again after each. */
export function useBulkWrite<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  toVariables: (customers: readonly SelectedCustomer[]) => Variables,
  resultsOf: (data: Data) => readonly WriteResult[] | undefined,
): BulkWrite {
  const client = useClient();
  const { changes } = useServices();
  const [outcomes, setOutcomes] = useState<readonly CustomerOutcome[]>();
  const [isBusy, setBusy] = useState(false);
  const sending = useRef<AbortController>(undefined);
  const stop = (): void => sending.current?.abort();
  useEffect(() => stop, []);

  async function sendChunk(customers: readonly SelectedCustomer[]): Promise<CustomerOutcome[]> {
    const { data, error } = await client.mutation(document, toVariables(customers)).toPromise();
    const results = data && resultsOf(data);
    const failure = error ? toFailure(error).text : 'The gateway has sent no result.';
    return customers.map((customer, index) => {
      const result = results?.[index];
      if (!result) return { customer, status: undefined, text: failure };
      const messages = [...result.userErrors, ...(result.error ? [result.error] : [])].map(({ message }) => message);
      return { customer, status: result.status, text: messages.join(' ') };
    });
  }

  return {
    outcomes,
    isBusy,
    stop,
    async send(customers) {
      const { signal } = (sending.current = new AbortController());
      setBusy(true);
      setOutcomes([]);
      const all: CustomerOutcome[] = [];
      for (let from = 0; from < customers.length && !signal.aborted; from += CHUNK) {
        all.push(...(await sendChunk(customers.slice(from, from + CHUNK))));
        setOutcomes([...all]);
        changes.raise();
      }
      setBusy(false);
    },
  };
}
