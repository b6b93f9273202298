import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REVISIONS, type Revision } from '../support/start-agent.js';
import { startDoors, type Doors } from '../support/start-doors.js';

const PROGRAM = 'test/clients/node_modules/@modelcontextprotocol/conformance/dist/index.js';
const moduleOf = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`;
/** Lets Node 20 load a program that imports `globSync` of Node 22 and does not call it here. */
const FS = moduleOf("export * from 'node:fs'; export const globSync = () => [];");
const HOOKS = moduleOf(`export const resolve = (name, context, next) =>
  name === 'fs' ? { url: ${JSON.stringify(FS)}, shortCircuit: true } : next(name, context);`);
const SHIM = moduleOf(`import { register } from 'node:module'; register(${JSON.stringify(HOOKS)});`);
const describeInstalled = existsSync(PROGRAM) ? describe : describe.skip;

interface Check {
  id: string;
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'INFO' | 'SKIPPED';
  errorMessage?: string;
}

/** What the suite tests of every server of tools; the rest of it asks for tools that show features which are not used here. */
const SCENARIOS: Readonly<Record<Revision, readonly string[]>> = {
  '2025-11-25': [
    'server-initialize',
    'server-session-lifecycle',
    'ping',
    'tools-list',
    'tools-call-error',
    'dns-rebinding-protection',
  ],
  '2026-07-28': [
    'server-stateless',
    'tools-list',
    'tools-call-error',
    'dns-rebinding-protection',
    'http-header-validation',
    'input-required-result-unsupported-methods',
  ],
};
/** The tool of which the suite expects an error: the page is too long. */
const MORE = 'query test_error_handling { customers(first: 501) { totalCount } }';

const cases = REVISIONS.flatMap((revision) => SCENARIOS[revision].map((scenario) => [scenario, revision] as const));

/** A check of a server that has a tool which it is meant to be tried with. */
const isTestable = ({ errorMessage = '' }: Check): boolean => !errorMessage.startsWith('Not testable');

describeInstalled('the conformance suite of the Model Context Protocol', () => {
  let doors: Doors;
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'conformance-'));
    const env = { AUTH_MODE: 'none', UPSTREAM_TOKEN: 'sandbox-provider-one' };
    const MCP_TOOLS = 'CustomerList,CustomerById,LockCustomer,test_error_handling';
    doors = await startDoors({ sandbox: { customers: 5 }, env: { ...env, MCP_TOOLS } }, MORE);
  });
  afterAll(async () => {
    await doors.close();
    await rm(directory, { recursive: true });
  });

  it.each(cases)('finds no failure in %s of revision %s', async (scenario, revision) => {
    const output = join(directory, `${scenario}-${revision}`);
    const args = [
      '--url',
      `${doors.gateway.url}/mcp`,
      '--scenario',
      scenario,
      '--spec-version',
      revision,
      '-o',
      output,
    ];
    // It ends with 1 if there is anything that it could not test.
    await promisify(execFile)(process.execPath, ['--import', SHIM, PROGRAM, 'server', ...args]).catch(() => undefined);
    const [folder = ''] = await readdir(output);
    const checks = JSON.parse(await readFile(join(output, folder, 'checks.json'), 'utf8')) as Check[];
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.filter((check) => check.status === 'FAILURE' && isTestable(check))).toEqual([]);
  });
});
