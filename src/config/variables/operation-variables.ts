import { integer, oneOf } from '../parsers.js';
import { variable } from '../variable.js';

const SWITCH = ['on', 'off'] as const;

/** What one operation may be and cost, and how it is run. */
export const OPERATION_VARIABLES = {
  MAX_DEPTH: variable(
    integer(1, 1_000_000),
    '12',
    'Fields above each other in an operation, its fragments expanded; introspection counts as one.',
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
  MAX_JSON_DEPTH: variable(integer(1, 1_000_000), '40', 'Objects and lists inside of each other in a request body.'),
  MAX_LIST_ITEMS: variable(integer(1, 1_000_000), '1000', 'Items in one list of the variables.'),
  MAX_UPSTREAM_REQUESTS: variable(
    integer(1, 100_000),
    '250',
    'Upstream requests that one operation may cost; more are refused, before the first one where that can be known.',
  ),
  MAX_ENTITY_UPSTREAM_REQUESTS: variable(
    integer(1, 100_000),
    '1000',
    "The same for a router's join, an operation of nothing but _entities.",
  ),
  TRUSTED_DOCUMENTS: variable(
    String,
    undefined,
    'Path of a manifest of the documents that clients were built with, read again when it changes; left out, any document is run.',
  ),
  TRUSTED_DOCUMENTS_MODE: variable(
    oneOf(['off', 'log', 'enforce'] as const),
    undefined,
    'What becomes of other documents: off to ignore the manifest, log to run and log them, enforce to refuse them; with a manifest, enforce unless set.',
  ),
  FAST_LANE: variable(
    oneOf(SWITCH),
    'on',
    'Whether operations that were run before are compiled and answered without Apollo Server: on or off. The answers are the same.',
  ),
};
