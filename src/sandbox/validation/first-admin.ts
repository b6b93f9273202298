import { ApiFailure } from '../http/errors.js';
import type { Json } from '../http/json.js';
import { LOGIN_TAKEN, readAuthMethod, type AuthMethod } from './auth-method.js';
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

function readLanguages(admin: BodyReader): { language: string | undefined; receiverLanguage: string | undefined } {
  return {
    // This one also takes the numeric id of a language.
    language: checkLanguage(admin.text('language'), (tag) => /^\d+$/.test(tag) || isLanguageTag(tag)),
    receiverLanguage: checkLanguage(admin.text('receiverLanguage'), isLanguageTag),
  };
}

function readPasswordRules(
  admin: BodyReader,
  authData: BodyReader | undefined,
  method: AuthMethod,
): { notifyUser: boolean; mustChangePassword: boolean } {
  const isBasic = method === 'basic';
  const password = authData?.text('password') ?? admin.text('password');
  if (password !== undefined && isBasic) checkPassword(password);
  const mustChangePassword =
    authData?.boolean('mustChangePassword') ?? admin.boolean('needsToChangePassword') ?? isBasic;
  const notifyUser = admin.boolean('notifyUser') ?? isBasic;
  if (isBasic && notifyUser && !mustChangePassword) throw new ApiFailure('passwordChangeWithNotification');
  return { notifyUser, mustChangePassword };
}

interface Naming {
  method: AuthMethod;
  isTaken: (name: string) => boolean;
  /** What a login is made up from if none was asked for. */
  fallback: string;
}

function readNames(
  admin: BodyReader,
  authData: BodyReader | undefined,
  { method, isTaken, fallback }: Naming,
): { login: string; userName: string } {
  const userName = notEmpty(admin.text('userName'), 'userName');
  if (userName !== undefined && /[<>]/.test(userName)) throw new ApiFailure('invalidCharacters');
  const wantedLogin = authData?.text('login') ?? admin.text('login') ?? userName;
  if (wantedLogin !== undefined && isTaken(wantedLogin)) throw new ApiFailure(LOGIN_TAKEN[method]);
  if (userName !== undefined && isTaken(userName)) throw new ApiFailure('userNameTaken');
  const login = wantedLogin ?? toFreeName(fallback, isTaken);
  return { login, userName: userName ?? login };
}

/**
 * Reads and checks a FirstAdminUser. `isTaken` says whether a user of the provider has a name already: a name that was
 * asked for is refused then, while one made up from the mail address or the person's name gets a number.
 */
export function readFirstAdmin(admin: BodyReader, isTaken: (name: string) => boolean): FirstAdmin {
  const firstName = mandatory(admin.text('firstName'), 'firstName');
  const lastName = mandatory(admin.text('lastName'), 'lastName');
  const email = admin.text('email');
  if (email !== undefined && !EMAIL.test(email)) throw new ApiFailure('invalidEmail');
  const languages = readLanguages(admin);
  const method = readAuthMethod(admin);
  const authData = admin.object('authData');
  const { notifyUser, mustChangePassword } = readPasswordRules(admin, authData, method);
  const fallback = email ?? `${firstName}.${lastName}`;
  const { login, userName } = readNames(admin, authData, { method, isTaken, fallback });
  const person = {
    firstName,
    lastName,
    email,
    phone: admin.text('phone'),
    title: admin.text('title'),
    gender: admin.text('gender') ?? 'n',
    login,
    userName,
  };
  return {
    ...person,
    answer: {
      ...person,
      ...languages,
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
