import type { InputHTMLAttributes } from 'react';
import { Field } from './field.js';

interface TextFieldProps extends Pick<InputHTMLAttributes<HTMLInputElement>, 'type' | 'inputMode'> {
  name: string;
  label: string;
  hint?: string;
  isRequired?: boolean;
  initial?: string;
}

export function TextField({ name, label, hint, isRequired, initial = '', ...attributes }: TextFieldProps) {
  return (
    <Field name={name} label={label} hint={hint} isRequired={isRequired}>
      {(field) => <input {...field} {...attributes} autoComplete="off" defaultValue={initial} />}
    </Field>
  );
}
