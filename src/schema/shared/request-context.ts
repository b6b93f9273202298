import type { Commands } from '../../commands/create-commands.js';
import type { Freshness } from '../../cache/freshness.js';
import type { Loaders } from '../../loaders/create-loaders.js';

/** What resolvers reach the world through: reads by loaders, writes by commands. One for each operation. */
export interface RequestContext {
  loaders: Loaders;
  commands: Commands;
  freshness: Freshness;
  /** The scopes that the caller has; undefined where scopes are not checked. */
  scopes: ReadonlySet<string> | undefined;
}
