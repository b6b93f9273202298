import { integer, oneOf, text } from '../parsers.js';
import { variable } from '../variable.js';

const SWITCH = ['on', 'off'] as const;

/** What one operation may be and cost, and how it is run. */
export const OPERATION_VARIABLES = {
  MAX_DEPTH: variable(
    integer(1, 1_000_000),
    '12',
    'Depth of fields in an operation, with its fragments expanded; introspection counts as one.',
  ),
  MAX_ALIASES: variable(integer(1, 1_000_000), '50', 'Aliases in a document.'),
  MAX_ROOT_FIELDS: variable(integer(1, 1_000_000), '50', 'Fields at the root of an operation, its fragments expanded.'),
  MAX_DIRECTIVES: variable(integer(1, 1_000_000), '30', 'Directives in a document.'),
  MAX_REPEATED_FIELDS: variable(
    integer(1, 1_000_000),
    '50',
    'Fields of a document that repeat a name within one selection set, which validation compares one with each other.',
  ),
  MAX_TOKENS: variable(integer(1, 1_000_000), '2000', 'Tokens in a document.'),
  MAX_SELECTIONS: variable(
    integer(1, 1_000_000),
    '2000',
    'Selections of an operation, each fragment counted wherever it is spread.',
  ),
  MAX_OPERATIONS: variable(integer(1, 1_000_000), '10', 'Operations in a document.'),
  MAX_QUERY_BYTES: variable(integer(1, 1_000_000), '20480', 'Largest GraphQL document in bytes.'),
  MAX_JSON_DEPTH: variable(integer(1, 1_000_000), '40', 'Depth of nested objects and lists in a request body.'),
  MAX_LIST_ITEMS: variable(
    integer(1, 1_000_000),
    '1000',
    'Items in one list of the variables, and representations over all _entities of an operation.',
  ),
  MAX_RESULT_FIELDS: variable(
    integer(1, 1_000_000_000),
    '1000000',
    'Fields that the answer to an operation can have, those of lists once for each item.',
  ),
  MAX_UPSTREAM_REQUESTS: variable(
    integer(1, 100_000),
    '250',
    'Upstream requests that one operation may cost; more are rejected, before the first request if the cost is known in advance.',
  ),
  MAX_ENTITY_UPSTREAM_REQUESTS: variable(
    integer(1, 100_000),
    '1000',
    "The same for a router's join, an operation that selects only _entities.",
  ),
  MAX_BULK_UPSTREAM_REQUESTS: variable(
    integer(1, 100_000),
    '1600',
    'The same for an operation of nothing but bulk mutations: 500 writes, with what is read before and after them.',
  ),
  MAX_FILE_UPSTREAM_REQUESTS: variable(
    integer(1, 10_000_000),
    '10000',
    'The same for all pages of a CSV or JSONL file; each page is an operation within the other limits.',
  ),
  TRUSTED_DOCUMENTS: variable(
    text,
    undefined,
    'Path of a manifest of the documents that clients were built with, read again when it changes; if unset, every document is executed.',
  ),
  TRUSTED_DOCUMENTS_MODE: variable(
    oneOf(['off', 'log', 'enforce']),
    undefined,
    'How other documents are handled: off ignores the manifest, log executes and logs them, enforce rejects them; default with a manifest is enforce.',
  ),
  FAST_LANE: variable(
    oneOf(SWITCH),
    'on',
    'Whether operations that were executed before take the compiled path, without Apollo Server: on or off. Responses are the same.',
  ),
};
