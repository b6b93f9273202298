import { createContext, useContext } from 'react';
import { NO_ERRORS } from './field-errors.js';

const FieldErrorsContext = createContext(NO_ERRORS);

export const FieldErrorsProvider = FieldErrorsContext.Provider;

/** What is wrong with one field of the form around it. */
export const useFieldError = (name: string): string | undefined => useContext(FieldErrorsContext).byField.get(name);
