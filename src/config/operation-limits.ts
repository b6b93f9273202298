import type { Values } from './variables.js';

export function toLimits(values: Values) {
  return Object.freeze({
    depth: values.MAX_DEPTH,
    aliases: values.MAX_ALIASES,
    rootFields: values.MAX_ROOT_FIELDS,
    directives: values.MAX_DIRECTIVES,
    /** Beyond the first of the same name in one selection set. */
    repeatedFields: values.MAX_REPEATED_FIELDS,
    tokens: values.MAX_TOKENS,
    /** With every fragment expanded. */
    selections: values.MAX_SELECTIONS,
    operations: values.MAX_OPERATIONS,
    queryBytes: values.MAX_QUERY_BYTES,
    jsonDepth: values.MAX_JSON_DEPTH,
    /** Of each list in the variables. */
    listItems: values.MAX_LIST_ITEMS,
    /** Over all `_entities` of an operation. */
    representations: values.MAX_LIST_ITEMS,
    /** Those of lists once for each item that the list can have. */
    resultFields: values.MAX_RESULT_FIELDS,
  });
}

/** What one request may hold; past it, the gateway refuses with the limit's name. */
export type OperationLimits = ReturnType<typeof toLimits>;
