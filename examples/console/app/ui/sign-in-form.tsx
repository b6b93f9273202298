import { useId, type SubmitEvent } from 'react';
import { serviceToken, signIn } from '../client/credential.js';

/** Takes a service token, for as long as the tab is open. */
export function SignInForm() {
  const id = useId();
  const wasRefused = serviceToken() !== null;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const token = new FormData(event.currentTarget).get('token');
    if (typeof token === 'string' && token.trim() !== '') signIn(token.trim());
  };
  return (
    <form className="sign-in" onSubmit={submit}>
      <label htmlFor={id}>Service token</label>
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
