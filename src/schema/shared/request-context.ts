import type { Commands } from '../../commands/create-commands.js';
import type { Freshness } from '../../cache/freshness.js';
import type { CustomerChange } from '../../live/customer-feed.js';
import type { Loaders } from '../../loaders/create-loaders.js';

/** What resolvers reach the world through: reads by loaders, writes by commands. One for each operation. */
export interface RequestContext {
  loaders: Loaders;
  commands: Commands;
  freshness: Freshness;
  /** What happens to customers that the caller may see, to one or to all; undefined where nothing can be told later. */
  customerChanges: ((customerId: string | undefined) => AsyncIterableIterator<CustomerChange>) | undefined;
  /** The scopes that the caller has; undefined where scopes are not checked. */
  scopes: ReadonlySet<string> | undefined;
}
