import { parseJson } from '../json/parse-json.js';
import { FILE_FORMATS, type FileEnd, type FileFormat } from '../operations/files/file-format.js';
import type { FilePlan } from '../operations/files/file-plan.js';
import { readRows, type Row } from '../operations/files/read-rows.js';
import { loadManifest } from '../operations/trusted-documents/load-manifest.js';
import { readManifestOperations } from '../operations/trusted-documents/manifest-operations.js';
import { buildSubgraphSchema } from '../schema/build-subgraph-schema.js';
import { createCommand, UsageError, type Options } from './command.js';
import { createStdoutTarget, openFileTarget, type ExportTarget } from './export-file.js';
import { readText } from './files.js';
import { ReadFailure, startOwnGateway } from './own-gateway.js';

interface Export {
  plan: FilePlan;
  variables: Readonly<Record<string, unknown>>;
  format: FileFormat;
  target: ExportTarget;
}

/** Plan of the one operation of a document. @throws UsageError */
function toPlan(text: string): FilePlan {
  let manifest: ReturnType<typeof loadManifest>;
  try {
    manifest = loadManifest(text);
  } catch (error) {
    throw new UsageError(`The document cannot be read. ${error instanceof Error ? error.message : ''}`);
  }
  const { all, misfits } = readManifestOperations(manifest, buildSubgraphSchema({ enforcesScopes: false }));
  const [misfit] = misfits;
  if (misfit) throw new UsageError(`The document does not match the schema: ${misfit.reason}`);
  const [operation, other] = all;
  if (!operation?.file || other) throw new UsageError('The document must be one query with one connection.');
  return operation.file;
}

function toVariables(text: string | undefined, option: string): unknown {
  try {
    // An integer beyond 2^53 is a text in variables, too.
    return text === undefined ? undefined : parseJson(text, String);
  } catch {
    throw new UsageError(`--${option} must be JSON.`);
  }
}

/** Counts rows and ids, and says how far the export is. */
class Tally {
  rows: number;
  items: number;
  total: number | undefined;
  private readonly ids: Set<string>;
  private fresh: string[] = [];
  private readonly idColumns: readonly number[];

  constructor(columns: readonly string[], { checkpoints }: ExportTarget) {
    this.rows = checkpoints.at(-1)?.rows ?? 0;
    this.items = checkpoints.at(-1)?.items ?? 0;
    this.ids = new Set(checkpoints.flatMap(({ ids }) => ids));
    const isId = (name: string): boolean => name === 'id' || name.endsWith('.id');
    this.idColumns = columns.includes('id') ? columns.flatMap((name, at) => (isId(name) ? [at] : [])) : [];
  }

  add(rows: readonly Row[]): void {
    this.rows += rows.length;
    if (this.idColumns.length === 0) return;
    for (const row of rows) {
      const id = this.idColumns.map((at) => String(row[at])).join(' ');
      this.ids.add(id);
      this.fresh.push(id);
    }
  }

  /** Ids since this was called before. */
  takeFresh(): readonly string[] {
    const { fresh } = this;
    this.fresh = [];
    return fresh;
  }

  get uniqueIds(): { uniqueIds?: number } {
    return this.idColumns.length === 0 ? {} : { uniqueIds: this.ids.size };
  }

  show(): void {
    if (!process.stderr.isTTY) return;
    const share = this.total ? ` ${Math.floor((100 * this.items) / Math.max(this.total, this.items))}%` : '';
    process.stderr.write(`\r${share.padStart(5)}  ${this.rows} rows`);
  }
}

async function writeRows(
  { plan, variables, format, target }: Export,
  tally: Tally,
  read: Parameters<typeof readRows>[0]['read'],
) {
  const { columns, outer } = plan;
  const after = target.checkpoints.at(-1)?.after;
  if (after === undefined) await target.write(format.head(columns));
  const name = outer.afterVariable ?? '_after';
  const resumed = { ...plan, outer: { ...outer, afterVariable: name } };
  const given = after === undefined ? variables : { ...variables, [name]: after };
  for await (const batch of readRows({ ...resumed, given, read })) {
    tally.add(batch.rows);
    tally.items += batch.items;
    tally.total ??= batch.total;
    if (batch.rows.length > 0) await target.write(batch.rows.map((row) => format.row(row, columns)).join(''));
    if (typeof batch.after === 'string') {
      await target.check({ after: batch.after, rows: tally.rows, items: tally.items, ids: tally.takeFresh() });
    }
    tally.show();
  }
}

function toSummary({ complete, rows, uniqueIds, startedAt, endedAt, detail, code }: FileEnd): string {
  const ids = uniqueIds === undefined ? '' : `, ${uniqueIds} unique ids`;
  const reason = detail === undefined ? '' : ` ${detail} (${String(code)})`;
  return `${complete ? 'Complete' : 'Incomplete'}: ${rows} rows${ids}, read from ${startedAt} to ${endedAt}.${reason}`;
}

/** Exports all rows. @returns the exit code: 0 if all of them are there, each once */
async function run(job: Export): Promise<number> {
  const { plan, format, target } = job;
  const gateway = await startOwnGateway(process.env);
  const tally = new Tally(plan.columns, target);
  let failure: ReadFailure | undefined;
  try {
    await writeRows(job, tally, gateway.read);
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error;
    failure = error;
  } finally {
    await gateway.close();
  }
  const { rows, uniqueIds } = { rows: tally.rows, ...tally.uniqueIds };
  const isUnique = uniqueIds === undefined || uniqueIds === rows;
  const end: FileEnd = {
    complete: failure === undefined && isUnique,
    rows,
    ...tally.uniqueIds,
    startedAt: target.startedAt,
    endedAt: new Date().toISOString(),
    ...(failure && { code: failure.code, detail: failure.message }),
  };
  await target.write(format.end(end, plan.columns));
  await target.close(failure === undefined);
  console.error(`${process.stderr.isTTY ? '\r' : ''}${toSummary(end)}`);
  if (failure) console.error('The same command goes on from there, if --output names a file.');
  return end.complete ? 0 : 1;
}

const OUTPUT_OPTIONS = {
  format: { type: 'string', value: 'FORMAT', description: 'csv or jsonl; default csv' },
  output: { type: 'string', value: 'FILE', description: 'File to write, or to go on with; left out, standard output' },
  'without-end': { type: 'boolean', description: 'Leave out the last row of CSV, which says whether it is complete' },
} as const satisfies Options;

interface Output {
  format: string | undefined;
  output: string | undefined;
  'without-end': boolean | undefined;
}

function toFormat({ format = 'csv', 'without-end': withoutEnd }: Output): FileFormat {
  const csv = withoutEnd ? 'text/csv; charset=utf-8; end=absent' : 'text/csv; charset=utf-8';
  const mediaTypes = new Map([
    ['csv', csv],
    ['jsonl', 'application/jsonl; charset=utf-8'],
  ]);
  const found = FILE_FORMATS[mediaTypes.get(format) ?? ''];
  if (!found) throw new UsageError(`--format is '${format}'; it must be csv or jsonl.`);
  return found;
}

async function exportDocument(text: string, variables: unknown, output: Output): Promise<number> {
  const plan = toPlan(text);
  const format = toFormat(output);
  const now = new Date().toISOString();
  const identity = JSON.stringify([text, variables, output.format, process.env['UPSTREAM_URL']]);
  const target =
    output.output === undefined ? createStdoutTarget(now) : await openFileTarget(output.output, identity, now);
  return run({ plan, format, target, variables: (variables ?? {}) as Export['variables'] });
}

const DETAILS = `Takes UPSTREAM_URL, and UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE, from the environment; without UPSTREAM_URL it
reads the sandbox. The last line says whether the export is complete, and the exit code is 0 only then. An export to a
file that was interrupted goes on when the same command is called again.`;

const CUSTOMER_FIELDS = `id companyName customerContractType providerCustomerId isLocked quotaMax quotaUsed userMax userUsed createdAt
  updatedAt lastLoginAt`;
const USER_FIELDS = `id userName firstName lastName email phone isLocked createdAt expireAt lastLoginSuccessAt
  userRoles { items { name } }`;

const fieldOption = {
  type: 'string',
  value: 'FIELDS',
  description: "Fields as GraphQL selects them, such as 'id, companyName'",
} as const;
const filterOf = (type: string) =>
  ({ type: 'string', value: 'JSON', description: `Only some, by a ${type} of the schema` }) as const;

export const exportCustomers = createCommand({
  options: { filter: filterOf('CustomerFilter'), fields: fieldOption, ...OUTPUT_OPTIONS },
  details: DETAILS,
  run: ({ filter, fields = CUSTOMER_FIELDS, ...output }) =>
    exportDocument(
      `query Export($filter: CustomerFilter) { customers(filter: $filter) { nodes { ${fields} } } }`,
      { filter: toVariables(filter, 'filter') },
      output,
    ),
});

export const exportUsers = createCommand({
  options: { filter: filterOf('UserFilter'), fields: fieldOption, ...OUTPUT_OPTIONS },
  details: DETAILS,
  run: ({ filter, fields = USER_FIELDS, ...output }) =>
    exportDocument(
      `query Export($filter: UserFilter) {
        customers { nodes { id companyName users(filter: $filter) { nodes { ${fields} } } } }
      }`,
      { filter: toVariables(filter, 'filter') },
      output,
    ),
});

export const exportByDocument = createCommand({
  options: {
    document: { type: 'string', value: 'FILE', isRequired: true, description: 'A GraphQL query with one connection' },
    variables: { type: 'string', value: 'JSON', description: 'Variables of the query' },
    ...OUTPUT_OPTIONS,
  },
  details: DETAILS,
  async run({ document, variables, ...output }) {
    return exportDocument(await readText(document), toVariables(variables, 'variables'), output);
  },
});
