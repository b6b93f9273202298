import type { FieldNode, GraphQLFormattedError } from 'graphql';
import type { BulkCommands } from '../../commands/bulk-commands.js';
import type { Commands } from '../../commands/create-commands.js';
import type { Freshness } from '../../cache/operation-cache.js';
import type { CustomerChange } from '../../subscriptions/visible-changes.js';
import type { EventsLost } from '../../subscriptions/events-lost.js';
import type { Loaders } from '../../loaders/create-loaders.js';

/** What a client sees of a failure. */
export type FailureDescription = Pick<GraphQLFormattedError, 'message' | 'extensions'>;

/** What resolvers reach the world through: reads by loaders, writes by commands. One for each operation. */
export interface RequestContext {
  loaders: Loaders;
  commands: Commands;
  /** Many of them at once. */
  bulk: BulkCommands;
  /** Describes a failure that is part of the data, and reports it as one that ends a field. */
  readonly describeFailure: (error: unknown) => FailureDescription;
  freshness: Freshness;
  /**
   * What happens to customers that the caller may see, to one or to all, from now on or behind a cursor; undefined if nothing can
   * be reported later.
   */
  customerChanges:
    | ((
        customerId: string | undefined,
        after: string | undefined,
      ) => Promise<AsyncIterableIterator<CustomerChange | EventsLost>>)
    | undefined;
  /** The scopes that the caller has; undefined if scopes are not checked. */
  scopes: ReadonlySet<string> | undefined;
  /** Fields of the document that were refused for the lack of a scope. */
  readonly refusedFields: Set<FieldNode>;
}
