import { useId, type ReactNode } from 'react';
import { useFieldError } from './field-errors-context.js';

/** What an input needs so that its label, its hint and its error belong to it. */
export interface FieldAttributes {
  id: string;
  name: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
  'aria-required': boolean;
}

interface FieldProps {
  name: string;
  label: string;
  hint?: string | undefined;
  isRequired?: boolean | undefined;
  children: (attributes: FieldAttributes) => ReactNode;
}

export function Field({ name, label, hint, isRequired = false, children }: FieldProps) {
  const id = useId();
  const error = useFieldError(name);
  const note = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {!isRequired && <span className="optional">optional</span>}
      </label>
      {children({
        id,
        name,
        'aria-invalid': error !== undefined,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
        'aria-required': isRequired,
      })}
      {note !== undefined && (
        <p id={`${id}-note`} className={error === undefined ? 'field-hint' : 'field-error'}>
          {note}
        </p>
      )}
    </div>
  );
}
