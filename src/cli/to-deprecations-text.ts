import type { Verdict } from '../deprecations/judge-removal.js';
import type { ClientReport, DeprecationReport, ElementReport } from '../deprecations/to-report.js';

const HEADINGS: Readonly<Record<Verdict, string>> = {
  'in-use': 'In use: removing it would break clients',
  promised: 'Not in use, but promised to clients until a later date',
  unproven: 'Not known yet',
  safe: 'Safe to remove',
};
/** The rest is in the JSON. */
const MAX_CLIENTS_SHOWN = 20;

const dayOf = (instant: string): string => instant.slice(0, 10);
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const nameOf = ({ name, version }: ClientReport): string =>
  [name ?? '(a client without a name)', ...(version === null ? [] : [version])].join(' ');

function clientLines(clients: readonly ClientReport[]): string[] {
  const shown = clients.slice(0, MAX_CLIENTS_SHOWN);
  const width = Math.max(0, ...shown.map((client) => nameOf(client).length));
  const lines = shown.map((client) => {
    const { uses, firstUsedAt, lastUsedAt } = client;
    return `      ${nameOf(client).padEnd(width)}  ${plural(uses, 'use')}, ${dayOf(firstUsedAt)} to ${dayOf(lastUsedAt)}`;
  });
  const left = clients.length - shown.length;
  return left > 0 ? [...lines, `      and ${plural(left, 'more client')}`] : lines;
}

function elementLines({ coordinate, reason, because, sunset, clients }: ElementReport): string[] {
  const end = sunset === null ? '' : ` It goes on ${sunset}.`;
  return [`  ${coordinate}`, `      ${reason}${end}`, `      ${because}`, ...clientLines(clients)];
}

/** A report for people to read: what is in use first, then what is safe to remove last. */
export function toDeprecationsText({ windowDays, scope, elements }: DeprecationReport): string {
  const counted = scope === 'shared' ? 'by all replicas' : 'by one process, since it started';
  const sections = (Object.keys(HEADINGS) as Verdict[]).flatMap((verdict) => {
    const found = elements.filter((element) => element.verdict === verdict);
    return found.length === 0 ? [] : ['', `${HEADINGS[verdict]} (${found.length})`, ...found.flatMap(elementLines)];
  });
  const title = `${plural(elements.length, 'deprecated element')}, judged by the last ${plural(windowDays, 'day')}, counted ${counted}`;
  return [title, ...sections].join('\n');
}
