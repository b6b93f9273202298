import type { PageInfo } from './connection.type.js';
import type { KeyValueEntry } from './key-value.type.js';
import { type FieldPolicies, type NounPolicy, PLAIN } from './policy.js';
import type { UserErrorType } from './user-error.type.js';

/** Types that several nouns have. */
export const SHARED_POLICY: NounPolicy = {
  KeyValueEntry: {
    directives: '@shareable',
    fields: { key: PLAIN, value: PLAIN } satisfies FieldPolicies<KeyValueEntry>,
  },
  PageInfo: {
    directives: '@shareable',
    fields: {
      hasNextPage: PLAIN,
      hasPreviousPage: PLAIN,
      startCursor: PLAIN,
      endCursor: PLAIN,
    } satisfies FieldPolicies<PageInfo>,
  },
  UserError: {
    directives: '@shareable',
    fields: { code: PLAIN, message: PLAIN, field: PLAIN, upstreamCode: PLAIN } satisfies FieldPolicies<UserErrorType>,
  },
};
