import type { GraphQLSchema } from 'graphql';
import type { OperationLimits } from '../config/operation-limits.js';
import type { Deprecations } from '../deprecations/create-deprecations.js';
import type { OperationRule } from './operation-rule.js';
import { caching } from './rules/caching.js';
import { cost } from './rules/cost.js';
import { deprecations } from './rules/deprecations.js';
import { documentLimits, jsonLimits } from './rules/limits.js';
import { explain } from './rules/explain.js';
import { facts } from './rules/facts.js';
import { routerCache } from './rules/router-cache.js';
import { requireCaller } from './rules/require-caller.js';
import { transport } from './rules/transport.js';
import { trustedDocuments } from './rules/trusted-documents.js';
import { unsafeText } from './rules/unsafe-text.js';
import type { TrustedDocuments } from './trusted-documents/create-trusted-documents.js';

export interface RuleOptions {
  schema: GraphQLSchema;
  limits: OperationLimits;
  /** Upstream requests that an operation can cost. */
  upstreamRequests: number;
  /** Upstream requests that a router's join can cost. */
  entityRequests: number;
  /** Upstream requests that an operation of bulk mutations can cost. */
  bulkRequests: number;
  /** Whether clients may read the schema, anonymous ones too. */
  introspection: boolean;
  /** Whether a router keeps responses by tags. */
  tagsResponses: boolean;
  documents: TrustedDocuments;
  deprecations: Pick<Deprecations, 'findUses' | 'count'>;
}

/** What happens to every operation, in this order, whichever executor runs it. docs/adding-a-rule.md shows how to add one. */
export const createRules = (options: RuleOptions): readonly OperationRule[] => [
  jsonLimits(options.limits),
  trustedDocuments(options.documents),
  documentLimits(options.limits),
  requireCaller(options.introspection),
  cost(options),
  unsafeText,
  transport,
  facts(options.documents),
  caching,
  ...(options.tagsResponses ? [routerCache] : []),
  explain,
  deprecations(options.deprecations),
];
