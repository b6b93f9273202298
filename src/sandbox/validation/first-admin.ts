import { ApiFailure } from '../http/errors.js';
import type { Json } from '../http/json.js';
import { LOGIN_TAKEN, readAuthMethod } from './auth-method.js';
import { mandatory, notEmpty, type BodyReader } from './body-reader.js';
import { checkPassword } from './password-policy.js';

/** The checked `firstAdminUser` of createCustomer. */
export interface FirstAdmin {
  readonly userName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly title: string | undefined;
  readonly gender: string;
  /** The FirstAdminUser of the answer, in which passwords are left out. */
  readonly answer: Json;
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;
// A longer primary language is registered nowhere.
const LANGUAGE_SUBTAG = /^[a-zA-Z]{2,3}(?:-|$)/;

/**
 * Reads and checks a FirstAdminUser. `isTaken` says whether a user of the provider has a name already: a name that was
 * asked for is refused then, while one made up from the mail address or the person's name gets a number.
 */
export function readFirstAdmin(admin: BodyReader, isTaken: (name: string) => boolean): FirstAdmin {
  const firstName = mandatory(admin.text('firstName'), 'firstName');
  const lastName = mandatory(admin.text('lastName'), 'lastName');
  const email = admin.text('email');
  if (email !== undefined && !EMAIL.test(email)) throw new ApiFailure('invalidEmail');
  // This one also takes the numeric id of a language.
  const language = checkLanguage(admin.text('language'), (tag) => /^\d+$/.test(tag) || isLanguageTag(tag));
  const receiverLanguage = checkLanguage(admin.text('receiverLanguage'), isLanguageTag);
  const method = readAuthMethod(admin);
  const authData = admin.object('authData');

  const password = authData?.text('password') ?? admin.text('password');
  if (password !== undefined && method === 'basic') checkPassword(password);

  const isBasic = method === 'basic';
  const mustChangePassword =
    authData?.boolean('mustChangePassword') ?? admin.boolean('needsToChangePassword') ?? isBasic;
  const notifyUser = admin.boolean('notifyUser') ?? isBasic;
  if (isBasic && notifyUser && !mustChangePassword) throw new ApiFailure('passwordChangeWithNotification');

  const userName = notEmpty(admin.text('userName'), 'userName');
  if (userName !== undefined && /[<>]/.test(userName)) throw new ApiFailure('invalidCharacters');
  const wantedLogin = authData?.text('login') ?? admin.text('login') ?? userName;
  if (wantedLogin !== undefined && isTaken(wantedLogin)) throw new ApiFailure(LOGIN_TAKEN[method]);
  if (userName !== undefined && isTaken(userName)) throw new ApiFailure('userNameTaken');
  const login = wantedLogin ?? toFreeName(email ?? `${firstName}.${lastName}`, isTaken);
  const person = {
    firstName,
    lastName,
    email,
    phone: admin.text('phone'),
    title: admin.text('title'),
    gender: admin.text('gender') ?? 'n',
    login,
    userName: userName ?? login,
  };
  return {
    ...person,
    answer: {
      ...person,
      language,
      receiverLanguage,
      notifyUser,
      needsToChangePassword: mustChangePassword,
      needsToChangeUserName: admin.boolean('needsToChangeUserName') ?? false,
      authData: {
        method,
        login,
        mustChangePassword,
        adConfigId: authData?.count('adConfigId'),
        oidConfigId: authData?.count('oidConfigId'),
      },
    },
  };
}

/** Whether a text is well-formed by BCP 47: `de-DE` is, `de_DE` and `german` are not. */
function isLanguageTag(text: string): boolean {
  try {
    return LANGUAGE_SUBTAG.test(text) && Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

function checkLanguage(language: string | undefined, isValid: (tag: string) => boolean): string | undefined {
  if (language !== undefined && !isValid(language)) throw new ApiFailure('invalidLanguageTag');
  return language;
}

function toFreeName(name: string, isTaken: (name: string) => boolean): string {
  let candidate = name;
  for (let number = 2; isTaken(candidate); number += 1) candidate = `${name}-${number}`;
  return candidate;
}
