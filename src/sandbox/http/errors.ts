import { STATUS_CODES } from 'node:http';
import type { Json } from './json.js';

/** Every failure the sandbox answers with: HTTP status, DRACOON error code (null if none applies) and text. */
const FAILURES = {
  insecurePassword: [400, -10002, 'Password is not secure'],
  invalidLanguageTag: [400, -10013, 'Not valid IETF language tag'],
  invalidAuthMethod: [400, -10100, 'Invalid authentication method'],
  noAuthMethod: [400, -10102, 'At least one authentication method must be enabled'],
  severalAuthMethods: [400, -70106, 'Only one authentication method allowed'],
  mandatoryField: [400, -80000, 'Mandatory fields cannot be empty'],
  invalidPositiveNumber: [400, -80001, 'Invalid positive number'],
  invalidNumber: [400, -80002, 'Invalid number'],
  invalidBoolean: [400, -80005, 'Invalid boolean value'],
  tooLong: [400, -80007, 'Maximum allowed length is exceeded'],
  invalidEmail: [400, -80009, 'Invalid email address'],
  invalidUrl: [400, -80010, 'Invalid URL'],
  duplicateKeys: [400, -80015, 'Invalid key value list because there are duplicate keys present'],
  invalidCharacters: [400, -80023, 'Input contains invalid characters'],
  invalidRange: [400, -80024, 'Invalid range parameters'],
  passwordChangeWithNotification: [
    400,
    -80038,
    'Deactivation of initial password change is only allowed without notification',
  ],
  invalidEventType: [400, -80060, 'Invalid event type'],
  invalidContractTransition: [400, -90111, 'Invalid customer contract type transition'],
  quotaTooSmall: [400, -90510, 'Maximum quota must not be less than one MB'],
  malformedBody: [400, null, 'Request body is not a JSON object of the expected shape'],
  wrongToken: [401, -10012, 'Wrong token'],
  licenseExhausted: [402, -90100, 'License does not allow further provisioning'],
  tooManyWebhooks: [403, -91001, 'Exceeds number of allowed webhooks'],
  unknownPath: [404, null, 'No such resource'],
  attributeNotFound: [404, -70550, 'Attribute not found'],
  openIdConfigNotFound: [404, -90035, 'OpenID Connect IDP configuration not found'],
  activeDirectoryConfigNotFound: [404, -90050, 'Active Directory configuration not found'],
  customerNotFound: [404, -90103, 'Customer not found'],
  webhookNotFound: [404, -91000, 'Webhook not found'],
  methodNotAllowed: [405, null, 'Request method is not supported'],
  notAcceptable: [406, null, 'Content type not acceptable. Acceptable Content-Types are: [application/json]'],
  basicLoginTaken: [409, -70560, 'User with provided Basic authentication login already exists'],
  activeDirectoryLoginTaken: [409, -70561, 'User with provided Active Directory username already exists'],
  radiusLoginTaken: [409, -70562, 'User with provided RADIUS login already exists'],
  openIdLoginTaken: [409, -70563, 'User with provided OpenID Connect username already exists'],
  userNameTaken: [409, -70564, 'User with provided username already exists'],
  internal: [500, null, 'Internal sandbox error'],
} as const satisfies Record<string, readonly [status: number, errorCode: number | null, debugInfo: string]>;

export type FailureName = keyof typeof FAILURES;

export interface FailureDetails {
  /** Replaces the table's text if the sandbox can say more precisely what is wrong. */
  readonly debugInfo?: string;
  /** Further members of the answer, such as `violatedPasswordPolicies`. */
  readonly members?: Readonly<Record<string, Json>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request the sandbox refuses: thrown anywhere below a route, answered as the API's ErrorResponse. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;

  constructor(name: FailureName, details: FailureDetails = {}) {
    const [status, errorCode, text] = FAILURES[name];
    const debugInfo = details.debugInfo ?? text;
    super(debugInfo);
    this.status = status;
    this.headers = details.headers ?? {};
    // The schema types errorCode as an integer, so "none" is written by leaving it out.
    this.body = {
      code: status,
      message: STATUS_CODES[status] ?? '',
      debugInfo,
      errorCode: errorCode ?? undefined,
      ...details.members,
    };
  }
}
