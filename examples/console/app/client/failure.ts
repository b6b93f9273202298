import type { CombinedError } from 'urql';

/** Why there is no answer, told to people. */
export interface Failure {
  title: string;
  text: string;
  /** The credential is missing, or not accepted. */
  isSignInNeeded: boolean;
  /** The gateway's own word on when to try again, in seconds. */
  retryAfterSeconds: number | undefined;
}

interface Meaning {
  title: string;
  /** Left out if the gateway's message says it best. */
  text?: string;
}

const AWAY: Meaning = {
  title: 'The gateway cannot be reached',
  text: 'What is shown may be out of date. Check your connection, and try again.',
};
const UNKNOWN: Meaning = { title: 'Something went wrong' };
const BUSY: Meaning = { title: 'The gateway has too much to do', text: 'Nothing is lost. Wait a moment.' };
const UPSTREAM: Meaning = {
  title: 'DRACOON does not answer',
  text: 'The gateway is there, but the server behind it is not.',
};

/** By the codes of the gateway. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  OVERLOADED: BUSY,
  RATE_LIMITED: { title: 'Too many requests', text: 'You have asked for a lot in a short time. Wait a moment.' },
  UPSTREAM_RATE_LIMITED: { title: 'DRACOON asks to slow down', text: 'Wait a moment.' },
  UPSTREAM_UNAVAILABLE: UPSTREAM,
  UPSTREAM_TIMEOUT: UPSTREAM,
  UNAUTHENTICATED: {
    title: 'Sign in to see customers',
    text: 'The gateway asks for a service token of DRACOON, or for a token of your identity provider.',
  },
  FORBIDDEN: { title: 'You are not allowed to do this' },
  BAD_USER_INPUT: { title: 'This cannot be asked for' },
};

const OUTCOME_UNKNOWN = 'It is not known whether the change was made. Look before you try again.';

/** Makes one thing to say of everything that went wrong with an operation. */
export function toFailure({ graphQLErrors: [first], message }: CombinedError): Failure {
  if (!first) return { ...AWAY, text: AWAY.text ?? message, isSignInNeeded: false, retryAfterSeconds: undefined };
  const { code, retryAfterSeconds, outcomeUnknown } = first.extensions;
  const { title, text = first.message } = (typeof code === 'string' && MEANINGS[code]) || UNKNOWN;
  return {
    title,
    text: outcomeUnknown === true ? OUTCOME_UNKNOWN : text,
    isSignInNeeded: code === 'UNAUTHENTICATED',
    retryAfterSeconds: typeof retryAfterSeconds === 'number' ? retryAfterSeconds : undefined,
  };
}
