import { isRecord } from '../../json/parse-json.js';
import type { FilePlan, PageDocument } from './file-plan.js';

type Values = Readonly<Record<string, unknown>>;

/** Executes a document and returns its data. @throws if there are errors in the result */
export type ReadData = (text: string, variables: Values) => Promise<unknown>;

/** Values in the order of the columns. */
export type Row = readonly unknown[];

/** Rows of one page, and what is known after them. */
export interface RowBatch {
  rows: readonly Row[];
  /** Items of the outer list of which all rows have come with this batch. */
  items: number;
  /** Items of the whole outer list; with its first page only. */
  total?: number;
  /** Cursor to go on after all rows so far; undefined within a page of the outer list, null at the end. */
  after?: string | null;
}

/** As many as fit into one upstream request, which returns the item of the cursor, too. */
const PAGE_SIZE = 499;

interface Page {
  items: readonly unknown[];
  total: unknown;
  /** Null on the last page. */
  after: string | null;
}

const valueAt = (value: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>((parent, key) => (isRecord(parent) ? parent[key] : undefined), value) ?? null;

/** A missing connection has no items: what it belongs to was deleted meanwhile. */
function toPage(connection: unknown): Page {
  const hasNext = valueAt(connection, ['pageInfo', 'hasNextPage']) === true;
  const cursor = valueAt(connection, ['pageInfo', 'endCursor']);
  const nodes = valueAt(connection, ['nodes']);
  return {
    items: Array.isArray(nodes) ? nodes : [],
    total: valueAt(connection, ['totalCount']),
    after: hasNext && typeof cursor === 'string' ? cursor : null,
  };
}

const toRows = (items: readonly unknown[], { columns }: PageDocument): Row[] =>
  items.map((item) => columns.map((keys) => valueAt(item, keys)));

/** Pages one after the other, each read when it is asked for. */
async function* readPages(document: PageDocument, given: Values, read: (variables: Values) => Promise<unknown>) {
  const { variables, sizeVariable, afterVariable, path } = document;
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => variables.has(name)));
  const size = (sizeVariable === undefined ? undefined : given[sizeVariable]) ?? PAGE_SIZE;
  const _first = typeof size === 'number' ? Math.min(size, PAGE_SIZE) : size;
  let after: unknown = (afterVariable === undefined ? undefined : given[afterVariable]) ?? null;
  do {
    const page = toPage(valueAt(await read({ ...own, _first, _after: after }), path));
    yield page;
    ({ after } = page);
  } while (after !== null);
}

async function* readInner(item: unknown, { inner, outer, given, read }: Reading): AsyncGenerator<RowBatch> {
  if (!inner) return;
  const [before = []] = toRows([item], outer);
  const _id = valueAt(item, ['_id']);
  // Each list begins at its start, whatever the variables say.
  const { [inner.afterVariable ?? '']: _after, ...others } = given;
  for await (const { items } of readPages(inner, others, (values) => read(inner.text, { ...values, _id }))) {
    yield { rows: toRows(items, inner).map((row) => [...before, ...row]), items: 0 };
  }
}

interface Reading extends Pick<FilePlan, 'outer' | 'inner'> {
  /** Variables of the original document. That for the cursor of the outer list says where to begin. */
  given: Values;
  read: ReadData;
}

/**
 * Reads all rows of a file, page by page: at most one page of each list at a time. The next page is read when it is asked for.
 * @throws what `read` throws
 */
export async function* readRows(reading: Reading): AsyncGenerator<RowBatch> {
  const { outer, inner, given, read } = reading;
  let _counts = true;
  for await (const page of readPages(outer, given, (values) => read(outer.text, { ...values, _counts }))) {
    const { items, total, after } = page;
    const counted = _counts && typeof total === 'number' ? { total } : {};
    _counts = false;
    if (!inner) {
      yield { rows: toRows(items, outer), items: items.length, ...counted, after };
      continue;
    }
    yield { rows: [], items: 0, ...counted };
    for (const item of items) {
      yield* readInner(item, reading);
      yield { rows: [], items: 1 };
    }
    yield { rows: [], items: 0, after };
  }
}
