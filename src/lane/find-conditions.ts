import { Kind, visit, type DocumentNode } from 'graphql';

const CONDITIONS: ReadonlySet<string> = new Set(['skip', 'include']);
const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);

/**
 * The variables that `@skip` and `@include` read anywhere in a document; undefined where the document holds what is not
 * compiled: introspection of the schema, or other directives in its operations.
 */
export function findConditions(document: DocumentNode): ReadonlySet<string> | undefined {
  const variables = new Set<string>();
  const unusual = new Set<string>();
  visit(document, {
    Field({ name }) {
      if (INTROSPECTION.has(name.value)) unusual.add(name.value);
    },
    Directive({ name, arguments: given = [] }) {
      if (!CONDITIONS.has(name.value)) unusual.add(name.value);
      for (const { value } of given) if (value.kind === Kind.VARIABLE) variables.add(value.name.value);
    },
  });
  return unusual.size === 0 ? variables : undefined;
}
