import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserErrorCode } from '../../errors/user-error.js';

registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'Why a mutation was rejected, if the caller can correct it.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A value is not allowed here.' },
    REQUIRED_FIELD_MISSING: { description: 'A mandatory field is missing or empty.' },
    TOO_LONG: { description: 'A text or a list is longer than allowed.' },
    INVALID_EMAIL: { description: 'Not a valid email address.' },
    INVALID_LANGUAGE: { description: 'Not a valid IETF language tag, such as de-DE.' },
    INVALID_CHARACTERS: {
      description: 'Characters that are not allowed; attribute keys take letters, digits, _ and -.',
    },
    DUPLICATE_ATTRIBUTE_KEY: { description: 'The same attribute key twice; keys ignore upper and lower case.' },
    QUOTA_TOO_SMALL: { description: 'The quota is below 1 MiB (1048576 bytes) and not -1.' },
    CONTRACT_TYPE_CHANGE_NOT_ALLOWED: { description: 'The contract type cannot be changed in this way.' },
    LICENSE_EXHAUSTED: { description: 'The licence of the provider does not allow more.' },
    PASSWORD_POLICY_VIOLATED: { description: 'The password breaks a rule of the password policy; one error a rule.' },
    INITIAL_PASSWORD_CHANGE_REQUIRED: {
      description: 'The first password change can be switched off only if the user is not notified.',
    },
    INVALID_AUTH_METHOD: { description: 'The authentication method is unknown, ambiguous or not available.' },
    AUTH_CONFIGURATION_NOT_FOUND: { description: 'The authentication configuration named does not exist.' },
    USER_ALREADY_EXISTS: { description: 'A user with this login already exists.' },
    INVALID_URL: { description: 'Not a valid URL; webhooks need https.' },
    INVALID_EVENT_TYPE: { description: 'An event type does not exist or cannot be used here.' },
    TOO_MANY_WEBHOOKS: { description: 'The number of allowed webhooks is used up.' },
    CUSTOMER_NOT_FOUND: { description: 'The customer does not exist.' },
    ATTRIBUTE_NOT_FOUND: { description: 'The customer has no such attribute.' },
    WEBHOOK_NOT_FOUND: { description: 'The webhook does not exist.' },
  },
});

/** Description of `userErrors` in every payload. */
export const USER_ERRORS = 'What the caller has to correct; empty if the mutation succeeded.';

@ObjectType('UserError', {
  simpleResolvers: true,
  description: 'A problem with the input of a mutation that the caller can correct.',
})
export class UserErrorType {
  @Field(() => UserErrorCode, { description: 'What is wrong, for programs.' })
  code!: UserErrorCode;

  @Field(() => String, { description: 'What is wrong, for people, in English.' })
  message!: string;

  @Field(() => [String], {
    nullable: true,
    description:
      'Path of the input at fault, such as ["input", "customerAttributes", "1", "key"]; null if it is not known.',
  })
  field!: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description: "DRACOON's own error code; null if the gateway itself rejected the input.",
  })
  upstreamCode!: number | null;
}
