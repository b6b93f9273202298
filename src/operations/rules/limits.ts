import type { OperationLimits } from '../../config/operation-limits.js';
import { GatewayError } from '../../errors/gateway-error.js';
import type { OperationRule } from '../operation-rule.js';
import { measureDocument } from '../limits/measure-document.js';

const WHAT: Readonly<Record<string, string>> = {
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'root fields',
  directives: 'directives',
  repeatedFields: 'fields that repeat a name within one selection set',
  tokens: 'tokens',
  selections: 'selections with its fragments expanded',
  operations: 'operations in one document',
  queryBytes: 'bytes of query text',
  jsonDepth: 'levels of JSON',
  listItems: 'items in one list of its variables',
  representations: 'representations in all its _entities',
  resultFields: 'fields in its answer, with every list at its full length',
} satisfies Record<keyof OperationLimits, string>;

/** A limit and how much of it a request has. */
export interface ExceededLimit {
  readonly limit: string;
  readonly maximum: number;
  readonly found: number;
}

const LIMITS = Object.keys(WHAT) as (keyof OperationLimits)[];

/** Compares what was measured with the limits of the same names: `{depth: 13}` → `[{limit: 'depth', maximum: 12, found: 13}]`. */
export function exceededLimits(
  measured: Readonly<Partial<OperationLimits>>,
  limits: OperationLimits,
): readonly ExceededLimit[] {
  let isOver = false;
  for (const limit in measured)
    isOver ||= (measured[limit as keyof OperationLimits] ?? 0) > limits[limit as keyof OperationLimits];
  if (!isOver) return [];
  return LIMITS.flatMap((limit) => {
    const found = measured[limit] ?? 0;
    return found > limits[limit] ? [{ limit, maximum: limits[limit], found }] : [];
  });
}

const toText = ({ limit, maximum, found }: ExceededLimit): string => `more than ${maximum} ${WHAT[limit]} (${found})`;

const inWords = (exceeded: readonly ExceededLimit[]): string =>
  `This request has ${exceeded.map(toText).join(', and ')}.`;

function rejection(
  message: string,
  exceeded: readonly ExceededLimit[],
  extensions?: Readonly<Record<string, unknown>>,
): GatewayError {
  const [first] = exceeded;
  return new GatewayError('OPERATION_LIMIT_EXCEEDED', message, {
    extensions: { limit: first?.limit, maximum: first?.maximum, limits: exceeded, ...extensions },
    httpStatus: 400,
  });
}

/** The rejection of a request past limits: OPERATION_LIMIT_EXCEEDED, 400, with each limit's name and maximum, and what was found. */
export const overLimits = (exceeded: readonly ExceededLimit[]): GatewayError => rejection(inWords(exceeded), exceeded);

/** @throws GatewayError that names every limit that is exceeded */
export function rejectOverLimit(measured: Readonly<Partial<OperationLimits>>, limits: OperationLimits): void {
  const exceeded = exceededLimits(measured, limits);
  if (exceeded.length > 0) throw overLimits(exceeded);
}

/**
 * The rejection of an operation that is known to cost too much before it starts, beside its `sizes` that are too large as well.
 * `first` is the page size that fits, if there is one.
 */
export function tooCostly(
  sizes: readonly ExceededLimit[],
  { needed, maximum }: { needed: number; maximum: number },
  first: number | undefined,
): GatewayError {
  const advice = first === undefined ? 'Request less at once.' : `It fits with first: ${first} on its lists.`;
  const exceeded = needed > maximum ? [...sizes, { limit: 'upstreamRequests', maximum, found: needed }] : sizes;
  const words = [
    ...(sizes.length > 0 ? [inWords(sizes)] : []),
    ...(needed > maximum
      ? [`This operation needs ${needed} upstream requests, and one operation may cost ${maximum} at most.`]
      : []),
    advice,
  ];
  return rejection(words.join(' '), exceeded, {
    ...(needed > maximum && { needed }),
    ...(first !== undefined && { first }),
  });
}

interface JsonMeasure {
  /** Objects and lists inside of each other; 0 for a plain value. */
  depth: number;
  /** Items of the longest list. */
  listItems: number;
}

/** Measures a parsed JSON value level by level, without recursion: `{ a: [1, 2] }` → `{ depth: 2, listItems: 2 }`. */
export function measureJson(root: unknown): JsonMeasure {
  const measure: JsonMeasure = { depth: 0, listItems: 0 };
  let below: object[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) below.push(value);
  };
  visit(root);
  while (below.length > 0) {
    const level = below;
    below = [];
    measure.depth += 1;
    for (const value of level) {
      if (Array.isArray(value)) {
        measure.listItems = Math.max(measure.listItems, value.length);
        value.forEach(visit);
      } else for (const key in value) visit((value as Record<string, unknown>)[key]);
    }
  }
  return measure;
}

/** Bounds the nesting of a request's JSON, and each list in its variables. */
export const jsonLimits = (limits: OperationLimits): OperationRule => ({
  name: 'json limits',
  checkInput({ body, variables, extensions }) {
    const { depth: jsonDepth, listItems: anywhere } = measureJson(body ?? { variables, extensions });
    // Lists outside of the variables have no limit.
    const listItems = anywhere > limits.listItems ? measureJson(variables).listItems : anywhere;
    rejectOverLimit({ jsonDepth, listItems }, limits);
  },
});

/** Bounds documents by their length before they are parsed, and by their size before the rules of validation run. */
export const documentLimits = (limits: OperationLimits): OperationRule => ({
  name: 'document limits',
  checkSource({ source }) {
    rejectOverLimit({ queryBytes: Buffer.byteLength(source) }, limits);
  },
  checkDocument(document) {
    rejectOverLimit(measureDocument(document), limits);
  },
});
