import type { ReadData } from '../operations/files/read-rows.js';
import { LINE_KINDS, type ApplyLine, type LineKind } from './apply-lines.js';
import { MAX_OWN_BODY_BYTES } from './own-gateway.js';

/** How one line ended. */
export interface LineResult {
  line: number;
  status: string;
  /** Of the customer; left out if it was not written. */
  id?: string;
  repetition?: string;
  errors?: readonly { code: string; message: string; field?: string }[];
  /** Idempotency key of the line's own. */
  key?: string;
  hash: string;
}

/** As many as a bulk mutation takes. */
const MAX_LINES = 500;
const PARTS = 'status repetition userErrors { code message field } error { code message retryAfterSeconds }';

interface BulkResult {
  status: string;
  repetition: string | null;
  userErrors: readonly { code: string; message: string; field: readonly string[] | null }[];
  error: { code: string; message: string; retryAfterSeconds: number | null } | null;
  customer?: { id: string } | null;
  deletedCustomerId?: string | null;
}

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** `{ id: 5, … }` of lines → the input of the bulk mutation that takes them. */
function toBulkInput(kind: LineKind, lines: readonly ApplyLine[]): object {
  const keys = lines.map(({ key, hash }) => key ?? hash);
  if (kind === 'delete') return { ids: lines.map(({ input }) => input['id']), idempotencyKeys: keys };
  return { customers: lines.map(({ input }, at) => ({ ...input, idempotencyKey: keys[at] })) };
}

function toLineResult({ number, kind, key, hash }: ApplyLine, result: BulkResult): LineResult {
  const { status, repetition, userErrors, error } = result;
  const id = kind === 'delete' ? result.deletedCustomerId : result.customer?.id;
  const errors = [
    // input, the name of the list and the index in it stand before the field.
    ...userErrors.map(({ code, message, field }) => ({
      code,
      message,
      ...(field && { field: [kind, ...field.slice(3)].join('.') }),
    })),
    ...(error ? [{ code: error.code, message: error.message }] : []),
  ];
  return {
    line: number,
    status,
    ...(id != null && { id }),
    ...(repetition !== null && { repetition }),
    ...(errors.length > 0 && { errors }),
    ...(key !== undefined && { key }),
    hash,
  };
}

/**
 * Lines that one request writes, with a bulk mutation for each kind, one after the other. A line is only taken if this keeps the order of the
 * lines of its customer.
 */
export class ApplyWindow {
  readonly lines: ApplyLine[] = [];
  private readonly kinds: LineKind[] = [];
  private bytes = 0;
  /** Index of the last mutation that writes to a customer. */
  private readonly lastOf = new Map<string, number>();

  takes({ kind, customerId, bytes }: ApplyLine): boolean {
    if (this.lines.length === 0) return true;
    if (this.lines.length === MAX_LINES || this.bytes + bytes > MAX_OWN_BODY_BYTES / 2) return false;
    const at = this.kinds.indexOf(kind);
    return at === -1 || customerId === undefined || (this.lastOf.get(customerId) ?? 0) <= at;
  }

  add(line: ApplyLine): void {
    this.lines.push(line);
    this.bytes += line.bytes;
    if (!this.kinds.includes(line.kind)) this.kinds.push(line.kind);
    if (line.customerId !== undefined) this.lastOf.set(line.customerId, this.kinds.indexOf(line.kind));
  }

  /** Writes some of the lines, in one request. @throws ReadFailure if it fails as a whole */
  async send(
    lines: readonly ApplyLine[],
    read: ReadData,
  ): Promise<{ results: readonly LineResult[]; retryAfterSeconds: number }> {
    const groups = this.kinds
      .map((kind) => ({ kind, lines: lines.filter((line) => line.kind === kind) }))
      .filter((group) => group.lines.length > 0);
    const fields = groups.map(({ kind }) => {
      const written = kind === 'delete' ? 'deletedCustomerId' : 'customer { id }';
      return `${kind}: ${LINE_KINDS[kind].mutation}(input: $${kind}) { results { ${PARTS} ${written} } }`;
    });
    const types = groups.map(({ kind }) => `$${kind}: ${capitalized(LINE_KINDS[kind].mutation)}Input!`);
    const data = (await read(
      `mutation Apply(${types.join(', ')}) { ${fields.join(' ')} }`,
      Object.fromEntries(groups.map((group) => [group.kind, toBulkInput(group.kind, group.lines)])),
    )) as Record<LineKind, { results: readonly BulkResult[] }>;
    const pairs = groups.flatMap(({ kind, lines: of }) =>
      of.map((line, at) => ({ line, result: data[kind].results[at] as BulkResult })),
    );
    return {
      results: pairs.map(({ line, result }) => toLineResult(line, result)).toSorted((a, b) => a.line - b.line),
      retryAfterSeconds: Math.max(0, ...pairs.map(({ result }) => result.error?.retryAfterSeconds ?? 0)),
    };
  }
}
