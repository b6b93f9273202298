import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { createValueFinder } from './create-value-finder.js';
import type { DeprecatedElement, DeprecatedElements } from './deprecated-element.js';
import { findInDocument } from './find-in-document.js';
import { toDeprecationHeaders } from './to-deprecation-headers.js';

/** What one request uses of what is deprecated. */
export interface DeprecatedUses {
  elements: readonly DeprecatedElement[];
  /** For the response: names in lower case, and values. */
  headers: readonly (readonly [string, string])[];
}

/** What a request with these variables, not yet coerced, uses; undefined if that is nothing. */
export type UsesOf = (variables: Readonly<Record<string, unknown>>) => DeprecatedUses | undefined;

/** What requests of one operation use; undefined if no request can use anything. Reads each operation once. */
export type FindUses = (document: DocumentNode, operation: OperationDefinitionNode) => UsesOf | undefined;

export function createFindUses(schema: GraphQLSchema, elements: DeprecatedElements): FindUses {
  const finderOf = createValueFinder(schema, elements);
  const known = new WeakMap<OperationDefinitionNode, { usesOf: UsesOf | undefined }>();

  function toUses(coordinates: Iterable<string>): DeprecatedUses | undefined {
    const used = [...coordinates].flatMap((coordinate) => elements.get(coordinate) ?? []);
    return used.length === 0 ? undefined : { elements: used, headers: toDeprecationHeaders(used) };
  }

  function read(document: DocumentNode, operation: OperationDefinitionNode): UsesOf | undefined {
    const named = [...findInDocument(schema, document, operation)].filter((coordinate) => elements.has(coordinate));
    const always = toUses(named);
    const findInVariables = finderOf(operation);
    if (!findInVariables) return always && (() => always);
    return (variables) => {
      const found = new Set(named);
      findInVariables(variables, found);
      return found.size === named.length ? always : toUses(found);
    };
  }

  return (document, operation) => {
    const before = known.get(operation);
    if (before) return before.usesOf;
    const usesOf = read(document, operation);
    known.set(operation, { usesOf });
    return usesOf;
  };
}
