import { useState } from 'react';
import { useClient, type AnyVariables, type CombinedError, type TypedDocumentNode } from 'urql';
import { toFailure } from '../client/failure.js';
import { useServices } from '../client/services.js';
import { NO_ERRORS, toFieldErrors, type FieldErrors, type UserError } from './field-errors.js';

export interface Write<Data, Variables> {
  isBusy: boolean;
  errors: FieldErrors;
  /** Shows what is wrong before anything is sent. */
  refuse(errors: FieldErrors): void;
  /** Sends a mutation once. Resolves to its data where it took effect, else `errors` says why not. */
  send(variables: Variables): Promise<Data | undefined>;
}

const toErrors = (error: CombinedError): FieldErrors => {
  const { title, text } = toFailure(error);
  return { ...NO_ERRORS, general: [`${title}. ${text}`] };
};

/** A mutation of a form; `fields` are the names of its fields. What is shown is read again once it took effect. */
export function useWrite<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  userErrorsOf: (data: Data) => readonly UserError[] | undefined,
  fields: readonly string[] = [],
): Write<Data, Variables> {
  const client = useClient();
  const { changes } = useServices();
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState(NO_ERRORS);

  return {
    isBusy,
    errors,
    refuse: setErrors,
    async send(variables) {
      setBusy(true);
      const { data, error } = await client.mutation(document, variables).toPromise();
      setBusy(false);
      const userErrors = (data && userErrorsOf(data)) ?? [];
      if (!data || error || userErrors.length > 0) {
        setErrors(error ? toErrors(error) : toFieldErrors(userErrors, fields));
        return undefined;
      }
      setErrors(NO_ERRORS);
      changes.raise();
      return data;
    },
  };
}
