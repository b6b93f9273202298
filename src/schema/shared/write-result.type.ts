import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { WriteRepetition } from '../../commands/outcome.js';
import { WriteStatus } from '../../commands/write-result.js';
import type { FailureDescription } from './request-context.js';

registerEnumType(WriteStatus, {
  name: 'WriteStatus',
  description: 'How one write of many ended.',
  valuesConfig: {
    DONE: { description: 'It was done.' },
    REJECTED: { description: 'It was not done, and the caller can put that right: see `userErrors`.' },
    FAILED: { description: 'It was not done, for the reason in `error`.' },
    OUTCOME_UNKNOWN: {
      description: 'It was sent, and it is not known whether it was done: see `error`. Read before it is sent again.',
    },
    NOT_ATTEMPTED: { description: 'It was not sent, for the reason in `error`. It can be sent again as it is.' },
  },
});

registerEnumType(WriteRepetition, {
  name: 'WriteRepetition',
  description: 'What came of a write that repeats an earlier one by its idempotency key.',
  valuesConfig: {
    SAME_RESULT: { description: 'The result is that of the earlier write. Nothing was written now.' },
    FOUND: {
      description:
        'The outcome of the earlier write was unknown. It was found to be done, and nothing was written now.',
    },
    NOT_FOUND: {
      description: 'The outcome of the earlier write was unknown. Nothing of it was found, so it was written now.',
    },
    WRITTEN_AGAIN: {
      description:
        'The outcome of the earlier write was unknown. It was written again, which changes nothing that it had changed.',
    },
  },
});

/** Description of `repetition` wherever it stands. */
export const REPETITION =
  'What came of it if it repeats an earlier write by its idempotency key; null if it is the first.';

@ObjectType({ simpleResolvers: true, description: 'Why one write of many was not done, or may not have been done.' })
export class WriteError {
  @Field(() => String, { description: 'The same code that an error of a single write has in `extensions.code`.' })
  code!: string;

  @Field(() => String, { description: 'What went wrong, for people, in English.' })
  message!: string;

  @Field(() => Int, { nullable: true, description: 'When to try again, in seconds; null if it is not known.' })
  retryAfterSeconds!: number | null;

  @Field(() => Int, { nullable: true, description: "HTTP status of DRACOON's answer; null if there was none." })
  upstreamStatus!: number | null;

  @Field(() => Int, { nullable: true, description: "DRACOON's own error code; null if it gave none." })
  upstreamCode!: number | null;
}

/** `{ message, extensions: { code } }` → the fields of `WriteError`. */
export function toWriteError({ message, extensions }: FailureDescription): WriteError {
  const numberOf = (name: string): number | null => {
    const value = extensions?.[name];
    return typeof value === 'number' ? value : null;
  };
  return {
    code: String(extensions?.['code']),
    message,
    retryAfterSeconds: numberOf('retryAfterSeconds'),
    upstreamStatus: numberOf('upstreamStatus'),
    upstreamCode: numberOf('upstreamCode'),
  };
}
