import { ApiFailure } from '../http/errors.js';

interface PasswordRule {
  readonly name: string;
  readonly message: string;
  isMetBy(password: string): boolean;
}

/** The contract forbids four characters; the other rules stand for whatever policy a provider has configured. */
const RULES: readonly PasswordRule[] = [
  {
    name: 'minLength',
    message: 'The password must have at least 8 characters',
    isMetBy: (password) => password.length >= 8,
  },
  { name: 'letter', message: 'The password must contain a letter', isMetBy: (password) => /\p{L}/u.test(password) },
  { name: 'digit', message: 'The password must contain a digit', isMetBy: (password) => /\d/.test(password) },
  {
    name: 'forbiddenCharacters',
    message: "The password must not contain any of & ' < >",
    isMetBy: (password) => !/[&'<>]/.test(password),
  },
];

/** Throws the PasswordPolicyViolationResponse with one entry for each rule the password breaks. */
export function checkPassword(password: string): void {
  const violatedPasswordPolicies = RULES.filter((rule) => !rule.isMetBy(password)).map(({ name, message }) => ({
    name,
    message,
  }));
  if (violatedPasswordPolicies.length > 0) {
    throw new ApiFailure('insecurePassword', { members: { violatedPasswordPolicies } });
  }
}
