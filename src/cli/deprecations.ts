import type { DeprecationReport } from '../deprecations/to-report.js';
import { CommandFailure, createCommand, UsageError } from './command.js';
import { toDeprecationsText } from './to-deprecations-text.js';

const DEFAULT_URL = 'http://127.0.0.1:4000';
const TIMEOUT_MS = 10_000;

const HINTS: Readonly<Record<number, string>> = {
  401: 'DEPRECATIONS_TOKEN in the environment differs from the one of the gateway.',
  404: 'It has no such report: DEPRECATIONS_TOKEN is not set there, or this is another server.',
};

function toTarget(url: string, days: string | undefined): URL {
  const base = url.endsWith('/') ? url : `${url}/`;
  if (!/^https?:/i.test(base) || !URL.canParse(base)) {
    throw new UsageError('--url must be the address of a gateway, such as https://graphql.example.com.');
  }
  const target = new URL('deprecations', base);
  if (days !== undefined) target.searchParams.set('days', days);
  return target;
}

/** @throws CommandFailure */
async function fetchReport(target: URL, token: string | undefined): Promise<DeprecationReport> {
  // A redirect would carry the token elsewhere.
  const response = await fetch(target, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw new CommandFailure(`${target.origin} does not answer.`);
  });
  if (!response.ok) {
    const { errors } = (await response.json().catch(() => ({}))) as { errors?: { message?: string }[] };
    const reason = HINTS[response.status] ?? errors?.[0]?.message ?? `It answers with ${response.status}.`;
    throw new CommandFailure(`${target.origin}: ${reason}`);
  }
  const report = (await response.json().catch(() => undefined)) as DeprecationReport | undefined;
  if (!Array.isArray(report?.elements)) {
    throw new CommandFailure(`${target.origin} is not a gateway: it does not return a report.`);
  }
  return report;
}

function only(report: DeprecationReport, coordinate: string | undefined): DeprecationReport {
  if (coordinate === undefined) return report;
  return { ...report, elements: report.elements.filter((element) => element.coordinate === coordinate) };
}

/** Exits with 1 if one element was asked for and is not safe to remove. */
export const deprecations = createCommand({
  options: {
    url: { type: 'string', value: 'URL', description: `Address of the gateway; default ${DEFAULT_URL}` },
    days: { type: 'string', value: 'DAYS', description: 'Number of days to judge by; default 30' },
    element: { type: 'string', value: 'COORDINATE', description: 'Report only this element, such as User.login' },
    json: { type: 'boolean', description: 'Print the report as JSON' },
  },
  details: `Takes DEPRECATIONS_TOKEN from the environment, as the gateway does.
With --element, the exit code is 1 unless that element is safe to remove.`,
  async run({ url = DEFAULT_URL, days, element, json = false }) {
    const target = toTarget(url, days);
    const report = only(await fetchReport(target, process.env['DEPRECATIONS_TOKEN']?.trim()), element);
    if (element !== undefined && report.elements.length === 0) {
      throw new UsageError(`${element} is not deprecated in the schema of that gateway.`);
    }
    console.log(json ? JSON.stringify(report, null, 2) : toDeprecationsText(report));
    return element === undefined || report.elements.every(({ verdict }) => verdict === 'safe') ? 0 : 1;
  },
});
