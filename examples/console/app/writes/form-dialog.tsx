import { useEffect, useId, useLayoutEffect, useRef, type ReactNode, type SubmitEvent } from 'react';
import { Icon } from '../ui/icon.js';
import type { FieldErrors } from './field-errors.js';
import { FieldErrorsProvider } from './field-errors-context.js';
import { createFormValues, type FormValues } from './form-values.js';

interface FormDialogProps {
  title: string;
  /** What will happen, if the title does not say it all. */
  description?: ReactNode;
  submitLabel: string;
  isDangerous?: boolean;
  isBusy: boolean;
  errors: FieldErrors;
  /** How far it is and what came of it; stands in place of the fields once it was sent. `onClose` stops it, or else closes. */
  outcome?: ReactNode;
  onSubmit: (values: FormValues) => void;
  onClose: () => void;
  children?: ReactNode;
}

/** A form in a modal dialog: the browser keeps the focus inside, and gives it back to where it was. */
export function FormDialog({
  title,
  description,
  submitLabel,
  isDangerous,
  isBusy,
  errors,
  ...props
}: FormDialogProps) {
  const { onSubmit, onClose, outcome, children } = props;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // The browser would choose the button that closes. Without a field it is the way back.
    element?.querySelector<HTMLElement>('.dialog-body :is(input, select), .dialog-footer button')?.focus();
    return () => element?.close();
  }, []);
  // What is wrong comes first: the field, or else what is said of the whole.
  useEffect(() => {
    dialog.current?.querySelector<HTMLElement>('[aria-invalid=true], .form-errors')?.focus();
  }, [errors]);

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!isBusy) onSubmit(createFormValues(new FormData(event.currentTarget)));
  };

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={description === undefined ? undefined : `${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form noValidate onSubmit={submit} aria-busy={isBusy}>
        <header className="dialog-header">
          <h2 id={`${id}-title`}>{title}</h2>
          <button type="button" className="icon-button" onClick={onClose}>
            <Icon name="close" />
            <span className="visually-hidden">Close</span>
          </button>
        </header>
        <div className="dialog-body">
          {description !== undefined && <p id={`${id}-text`}>{description}</p>}
          {errors.general.length > 0 && (
            <div className="form-errors" role="alert" tabIndex={-1}>
              {errors.general.map((message) => (
                <p key={message}>{message}</p>
              ))}
            </div>
          )}
          {outcome ?? <FieldErrorsProvider value={errors}>{children}</FieldErrorsProvider>}
        </div>
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={onClose}>
            {outcome ? (isBusy ? 'Stop' : 'Done') : 'Cancel'}
          </button>
          {!outcome && (
            <button type="submit" className={isDangerous ? 'button button-danger' : 'button button-primary'}>
              {isBusy ? 'Sending…' : submitLabel}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}
