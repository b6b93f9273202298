import type { Workload } from '../workloads/workload.js';
import type { ComparisonRow } from './comparison.js';
import { toText } from './format-number.js';
import { toMarkdownTable } from './markdown-table.js';
import type { Spread } from './spread.js';

/** The results of one workload at one number of connections. */
export interface WorkloadResult {
  workload: Workload;
  connections: number;
  /** The target that the others are compared with, measured or not. */
  reference: string;
  rows: readonly ComparisonRow[];
  /** What has to be known about it, such as who could not be measured and why. */
  notes: readonly string[];
}

const headFor = (first: string): string[] => [
  'target',
  'req/s',
  'min–max',
  `${first} ÷ it`,
  'CPU µs/req',
  'min–max',
  `it ÷ ${first}`,
  'p50 ms',
  'p99 ms',
  'MiB',
  'upstream/req',
];

const range = ({ least, most }: Spread): string => `${toText(least)}–${toText(most)}`;

function toCells(row: ComparisonRow): string[] {
  return [
    row.doubts.length > 0 ? `${row.target} (!)` : row.target,
    toText(row.requestsPerSecond.median),
    range(row.requestsPerSecond),
    `${toText(row.throughputRatio)}×`,
    toText(row.cpuMicrosPerRequest.median),
    range(row.cpuMicrosPerRequest),
    `${toText(row.cpuRatio)}×`,
    toText(row.p50Ms),
    toText(row.p99Ms),
    toText(row.residentMebibytes),
    toText(row.upstreamPerRequest),
  ];
}

const titleOf = ({ workload, connections }: WorkloadResult): string =>
  `${workload.id}: ${workload.title}; ${connections} connection${connections === 1 ? '' : 's'}`;

/** The table of one workload with what has to be known about it, as Markdown. */
export function toWorkloadReport(result: WorkloadResult): string {
  const doubts = result.rows.flatMap(({ target, doubts: list }) => list.map((doubt) => `- (!) ${target}: ${doubt}`));
  const notes = [...doubts, ...result.notes.map((note) => `- ${note}`)];
  return [
    `### ${titleOf(result)}`,
    toMarkdownTable(headFor(result.reference), result.rows.map(toCells)),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
  ].join('\n\n');
}

/** All workloads in one table: for each target the ratio of throughput and, in brackets, of CPU time for a request. */
export function toOverview(results: readonly WorkloadResult[]): string {
  const first = results[0]?.reference ?? '';
  const names = new Set(results.flatMap(({ rows }) => rows.map(({ target }) => target)));
  const others = [...names].filter((name) => name !== first);
  const rows = results.map((result) => [
    `${result.workload.id}, ${result.connections} conn.`,
    ...others.map((name) => {
      const row = result.rows.find(({ target }) => target === name);
      if (!row) return '–';
      return `${toText(row.throughputRatio)}× (${toText(row.cpuRatio)}×)${row.doubts.length > 0 ? ' (!)' : ''}`;
    }),
  ]);
  const legend = `Throughput of \`${first}\` over theirs, in brackets CPU time for a request of theirs over \`${first}\`:`;
  return `${legend}\n\n${toMarkdownTable(['workload', ...others], rows)}`;
}
