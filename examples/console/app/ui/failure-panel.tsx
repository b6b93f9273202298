import { useMemo } from 'react';
import type { CombinedError } from 'urql';
import { toFailure } from '../client/failure.js';
import { Icon } from './icon.js';
import { SignInForm } from './sign-in-form.js';
import { useSecondsLeft } from './use-seconds-left.js';

interface FailurePanelProps {
  error: CombinedError;
  onRetry: () => void;
  /** Above something that is still shown. */
  isCompact?: boolean;
}

/** What went wrong and what to do about it. Tries again by itself if the gateway has said when. */
export function FailurePanel({ error, onRetry, isCompact = false }: FailurePanelProps) {
  const { title, text, isSignInNeeded, retryAfterSeconds } = useMemo(() => toFailure(error), [error]);
  const secondsLeft = useSecondsLeft(retryAfterSeconds, error, onRetry);
  return (
    <section className={isCompact ? 'failure failure-compact' : 'failure'} role="alert">
      <Icon name={isSignInNeeded ? 'lock' : 'alert'} />
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
      {isSignInNeeded ? (
        <SignInForm />
      ) : (
        <button type="button" className="button" onClick={onRetry}>
          {secondsLeft ? `Try again in ${String(secondsLeft)} s` : 'Try again'}
        </button>
      )}
    </section>
  );
}
