import type { DeprecationReport } from '../deprecations/to-report.js';
import { toDeprecationsText } from './to-deprecations-text.js';

export interface DeprecationsCommand {
  /** Where the gateway answers; by default on this machine, at its default port. */
  url?: string | undefined;
  /** The window of the verdicts, in days. */
  days?: string | undefined;
  /** The coordinate of the only element to tell of. */
  element?: string | undefined;
  json?: boolean | undefined;
}

const EXIT = { success: 0, failure: 1, usage: 2 } as const;
const DEFAULT_URL = 'http://127.0.0.1:4000';
const TIMEOUT_MS = 10_000;

const HINTS: Readonly<Record<number, string>> = {
  401: 'DEPRECATIONS_TOKEN, in the environment, is not the one of the gateway.',
  404: 'It does not tell: DEPRECATIONS_TOKEN is not set there, or it is another server.',
};

function toTarget({ url = DEFAULT_URL, days }: DeprecationsCommand): URL | undefined {
  const base = url.endsWith('/') ? url : `${url}/`;
  if (!/^https?:/i.test(base) || !URL.canParse(base)) return undefined;
  const target = new URL('deprecations', base);
  if (days !== undefined) target.searchParams.set('days', days);
  return target;
}

/** @throws Error whose message tells the operator what is wrong */
async function fetchReport(target: URL, token: string | undefined): Promise<DeprecationReport> {
  // A redirect would carry the token elsewhere.
  const response = await fetch(target, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw new Error('It does not answer.');
  });
  if (!response.ok) {
    const { errors } = (await response.json().catch(() => ({}))) as { errors?: { message?: string }[] };
    throw new Error(HINTS[response.status] ?? errors?.[0]?.message ?? `It answers with ${response.status}.`);
  }
  const report = (await response.json().catch(() => undefined)) as DeprecationReport | undefined;
  if (!Array.isArray(report?.elements)) throw new Error('It is not a gateway: its answer is something else.');
  return report;
}

function only(report: DeprecationReport, coordinate: string | undefined): DeprecationReport {
  if (coordinate === undefined) return report;
  return { ...report, elements: report.elements.filter((element) => element.coordinate === coordinate) };
}

/**
 * Prints who still uses what is deprecated, as a running gateway tells, with `token` for it. @returns the exit code: 0; 1
 * where the gateway does not tell, or one element was asked for and is not safe to remove; 2 for a wrong call
 */
export async function deprecations(command: DeprecationsCommand, token: string | undefined): Promise<number> {
  const { element, json } = command;
  const target = toTarget(command);
  if (!target) {
    console.error('--url has to be the address of a gateway, such as https://graphql.example.com.');
    return EXIT.usage;
  }
  try {
    const report = only(await fetchReport(target, token), element);
    if (element !== undefined && report.elements.length === 0) {
      console.error(`${element} is not deprecated in the schema of that gateway.`);
      return EXIT.usage;
    }
    console.log(json === true ? JSON.stringify(report, null, 2) : toDeprecationsText(report));
    const isSafe = report.elements.every(({ verdict }) => verdict === 'safe');
    return element === undefined || isSafe ? EXIT.success : EXIT.failure;
  } catch (error) {
    console.error(`${target.origin}: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.failure;
  }
}
