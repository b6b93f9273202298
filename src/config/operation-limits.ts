import type { Checked } from './checked-values.js';

/** What one request may hold; past it, the gateway refuses with the limit's name. */
export interface OperationLimits {
  depth: number;
  aliases: number;
  rootFields: number;
  directives: number;
  /** Beyond the first of the same name in one selection set. */
  repeatedFields: number;
  tokens: number;
  /** With every fragment expanded. */
  selections: number;
  operations: number;
  queryBytes: number;
  jsonDepth: number;
  /** Of each list in the variables. */
  listItems: number;
  /** Over all `_entities` of an operation. */
  representations: number;
  /** Those of lists once for each item that the list can have. */
  resultFields: number;
}

export function toLimits(values: Checked): OperationLimits {
  return Object.freeze({
    depth: values.MAX_DEPTH,
    aliases: values.MAX_ALIASES,
    rootFields: values.MAX_ROOT_FIELDS,
    directives: values.MAX_DIRECTIVES,
    repeatedFields: values.MAX_REPEATED_FIELDS,
    tokens: values.MAX_TOKENS,
    selections: values.MAX_SELECTIONS,
    operations: values.MAX_OPERATIONS,
    queryBytes: values.MAX_QUERY_BYTES,
    jsonDepth: values.MAX_JSON_DEPTH,
    listItems: values.MAX_LIST_ITEMS,
    representations: values.MAX_LIST_ITEMS,
    resultFields: values.MAX_RESULT_FIELDS,
  });
}
