import type { DeprecationReport } from '../deprecations/to-report.js';
import { CommandFailure, createCommand, UsageError } from './command.js';
import { toDeprecationsText } from './to-deprecations-text.js';

const DEFAULT_URL = 'http://127.0.0.1:4000';
const TIMEOUT_MS = 10_000;

const HINTS: Readonly<Record<number, string>> = {
  401: 'DEPRECATIONS_TOKEN, in the environment, is not the one of the gateway.',
  404: 'It does not tell: DEPRECATIONS_TOKEN is not set there, or it is another server.',
};

function toTarget(url: string, days: string | undefined): URL {
  const base = url.endsWith('/') ? url : `${url}/`;
  if (!/^https?:/i.test(base) || !URL.canParse(base)) {
    throw new UsageError('--url has to be the address of a gateway, such as https://graphql.example.com.');
  }
  const target = new URL('deprecations', base);
  if (days !== undefined) target.searchParams.set('days', days);
  return target;
}

async function fetchReport(target: URL, token: string | undefined): Promise<DeprecationReport> {
  const failure = (reason: string): CommandFailure => new CommandFailure(`${target.origin}: ${reason}`);
  // A redirect would carry the token elsewhere.
  const response = await fetch(target, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw failure('It does not answer.');
  });
  if (!response.ok) {
    const { errors } = (await response.json().catch(() => ({}))) as { errors?: { message?: string }[] };
    throw failure(HINTS[response.status] ?? errors?.[0]?.message ?? `It answers with ${response.status}.`);
  }
  const report = (await response.json().catch(() => undefined)) as DeprecationReport | undefined;
  if (!Array.isArray(report?.elements)) throw failure('It is not a gateway: its answer is something else.');
  return report;
}

function only(report: DeprecationReport, coordinate: string): DeprecationReport {
  const elements = report.elements.filter((element) => element.coordinate === coordinate);
  if (elements.length === 0) throw new UsageError(`${coordinate} is not deprecated in the schema of that gateway.`);
  return { ...report, elements };
}

/** Who still uses what is deprecated, as a running gateway tells. */
export const deprecations = createCommand({
  options: {
    url: { type: 'string', value: 'URL', description: `Where the gateway answers; else ${DEFAULT_URL}` },
    days: { type: 'string', value: 'COUNT', description: 'For how long nobody may have used what may go; else 30' },
    element: { type: 'string', value: 'COORDINATE', description: 'Tell of one element, such as User.login' },
    json: { type: 'boolean', description: 'Print the report as JSON' },
  },
  details: `Takes DEPRECATIONS_TOKEN, the one that the gateway has, from the environment.
With --element, exits with 1 unless that element is safe to remove.`,
  async run({ url = DEFAULT_URL, days, element, json }) {
    const whole = await fetchReport(toTarget(url, days), process.env['DEPRECATIONS_TOKEN']);
    const report = element === undefined ? whole : only(whole, element);
    console.log(json === true ? JSON.stringify(report, null, 2) : toDeprecationsText(report));
    const isSafe = report.elements.every(({ verdict }) => verdict === 'safe');
    return element === undefined || isSafe ? 0 : 1;
  },
});
