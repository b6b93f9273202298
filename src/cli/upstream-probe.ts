import { writeFile } from 'node:fs/promises';
import { loadConfig, type Config } from '../config.js';
import type { Finding, UpstreamProfile } from '../config/upstream-profile.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import { toOpenProxied } from '../wiring/open-proxied.js';
import { ownVersion } from '../wiring/own-version.js';
import { CommandFailure, createCommand } from './command.js';
import { loadOwnUpstream } from './connect-upstream.js';
import { fileFailure } from './files.js';
import { Unknown } from './probe-answers.js';
import { ProbeRequests } from './probe-requests.js';
import { probeUpstream } from './probe-upstream.js';

const MOST_REQUESTS = 30;
const NAME_WIDTH = 22;

async function createRequests(config: Config): Promise<{ requests: ProbeRequests; baseUrl: URL }> {
  const { listTimeoutMs, maxResponseBytes } = config.upstream;
  const { baseUrl, serviceToken } = await loadOwnUpstream(config);
  const requests = new ProbeRequests({
    baseUrl,
    serviceToken,
    userAgent: `dracoon-graphql-gateway/${ownVersion()}`,
    timeoutMs: listTimeoutMs,
    maxBytes: maxResponseBytes,
    most: MOST_REQUESTS,
    openProxied: toOpenProxied(config.proxies),
  });
  return { requests, baseUrl };
}

function printFinding(name: string, finding: Finding): void {
  const text = 'value' in finding ? String(finding.value) : `unknown: ${finding.unknown}`;
  console.error(`  ${name.padEnd(NAME_WIDTH)} ${text}`);
}

function toFailure(error: unknown): unknown {
  if (error instanceof Unknown) return new CommandFailure(`The customers could not be listed: ${error.message}.`);
  if (error instanceof UpstreamFailure) return new CommandFailure(`The server could not be asked (${error.kind}).`);
  return error;
}

async function save(file: string | undefined, profile: UpstreamProfile): Promise<void> {
  const text = `${JSON.stringify(profile, null, 2)}\n`;
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(file, text).catch((error: unknown) => {
    throw fileFailure(file, 'written', error);
  });
  console.error(`Written to ${file}. Set UPSTREAM_PROFILE to it, and restart the gateway.`);
}

/** Asks the upstream of a configuration. `onFinding` is called with each finding in turn. @throws CommandFailure or ConfigError */
export async function createProfile(
  config: Config,
  onFinding: (name: string, finding: Finding) => void,
): Promise<UpstreamProfile> {
  const { requests, baseUrl } = await createRequests(config);
  try {
    const findings = await probeUpstream(requests.ask, onFinding);
    const probedAt = new Date().toISOString();
    return { format: 1, upstream: baseUrl.href, probedAt, requests: requests.count, findings };
  } catch (error) {
    throw toFailure(error);
  } finally {
    await requests.close();
  }
}

export const upstreamProbe = createCommand({
  options: {
    output: { type: 'string', value: 'FILE', description: 'File to write the profile to; left out, it is printed' },
  },
  details: `Takes UPSTREAM_URL, and UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE, from the environment. It sends ${MOST_REQUESTS} GETs at most, one
after the other, and writes nothing upstream. What cannot be found out is unknown in the profile, with the reason.`,
  async run({ output }) {
    // A profile that is no longer right does not stand in the way of a new one.
    const profile = await createProfile(loadConfig({ ...process.env, UPSTREAM_PROFILE: '' }), printFinding);
    console.error(`${profile.requests} requests.`);
    await save(output, profile);
    return 0;
  },
});
