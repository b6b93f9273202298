import { useId, type SubmitEvent } from 'react';
import { signIn, token } from '../client/credential.js';

/** Takes a service token or a bearer token, for as long as the tab is open. */
export function SignInForm() {
  const id = useId();
  const wasRefused = token() !== null;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('token');
    if (typeof typed === 'string' && typed.trim() !== '') signIn(typed.trim());
  };
  return (
    <form className="sign-in" onSubmit={submit}>
      <label htmlFor={id}>Service token or bearer token</label>
      <div className="sign-in-row">
        <input
          id={id}
          name="token"
          type="password"
          autoComplete="off"
          required
          aria-invalid={wasRefused}
          aria-describedby={`${id}-hint`}
        />
        <button type="submit" className="button button-primary">
          Sign in
        </button>
      </div>
      <p id={`${id}-hint`} className={wasRefused ? 'field-error' : 'field-hint'}>
        {wasRefused ? 'The token was not accepted.' : 'It is kept until you close this tab.'}
      </p>
    </form>
  );
}
