import type { Figures } from './figures.js';
import type { PhaseResult } from './run-programme.js';

const COLUMNS = [
  ['phase', 36],
  ['sent', 6],
  ['answered', 9],
  ['reads ok', 9],
  ['p50', 7],
  ['p99', 8],
  ['longest', 8],
  ['GETs/read', 10],
  ['recovery', 9],
  ['memory', 8],
  ['noise', 7],
] as const;

const MEBIBYTE = 1024 * 1024;

const inMilliseconds = (value: number): string => (Number.isFinite(value) ? `${Math.round(value)}` : 'never');

function cells(figures: Figures): string[] {
  const { sent, answered, readShare, p50Ms, p99Ms, maxMs, getsPerRead, recoveryMs, growthBytes, lateMs } = figures;
  return [
    String(sent),
    String(answered),
    `${(readShare * 100).toFixed(1)} %`,
    inMilliseconds(p50Ms),
    inMilliseconds(p99Ms),
    inMilliseconds(maxMs),
    getsPerRead.toFixed(2),
    recoveryMs === undefined ? '' : inMilliseconds(recoveryMs),
    `+${Math.round(growthBytes / MEBIBYTE)}`,
    inMilliseconds(lateMs),
  ];
}

const row = (texts: readonly string[]): string =>
  COLUMNS.map(([, width], index) => {
    const text = texts[index] ?? '';
    return index === 0 ? text.padEnd(width) : text.padStart(width);
  }).join('');

const codesOf = ({ codes }: Figures): string => [...codes].map(([code, count]) => `${code} ${count}`).join(', ');

/** The heading of the table; times are in milliseconds, memory in MiB above the start of the phase, and noise is how late the load itself was. */
export const tableHead = (): string => `${row(COLUMNS.map(([name]) => name))}  verdict`;

export function tableRow({ name, figures, note, broken }: PhaseResult): string {
  const verdict = broken.length === 0 ? 'holds' : 'BROKEN';
  const first = figures ? `${row([name, ...cells(figures)])}  ${verdict}` : `${name}: ${note ?? ''}  ${verdict}`;
  const codes = figures && figures.codes.size > 0 ? [`    ${codesOf(figures)}`] : [];
  return [first, ...codes, ...broken.map((bound) => `  ! ${bound}`)].join('\n');
}
