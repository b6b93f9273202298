import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { START_ARGS } from '../test/support/start-command.js';
import { toTailcallConfig } from './targets/tailcall.js';
import type { DialectName } from './workloads/dialects.js';

/** What a server under test is started with. */
export interface Launch {
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
}

export interface LaunchOptions {
  port: number;
  /** Base URL of the upstream with its path. */
  upstreamUrl: string;
  /** A directory for files that are needed while it runs. */
  directory: string;
}

export interface Target {
  name: string;
  title: string;
  dialect: DialectName;
  /** Packages in `bench/` whose versions say what was measured. */
  packages: readonly string[];
  /** The only workloads it takes part in; undefined for all. */
  only?: readonly string[];
  launch(options: LaunchOptions): Launch;
  /** Why it cannot run here; undefined if it can. */
  obstacle(): string | undefined;
}

export const pathInBench = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Node's arguments, as in `npm start`, for the gateway built in a folder. */
const argsIn = (folder: string): readonly string[] =>
  START_ARGS.map((arg) => (arg.startsWith('-') ? arg : join(folder, arg)));

export const GATEWAY_ARGS: readonly string[] = argsIn(pathInBench('..'));

const TAILCALL = pathInBench('node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall');
const none = (): undefined => undefined;

const ours = (
  name: string,
  title: string,
  extra: Readonly<Record<string, string>>,
  only?: readonly string[],
): Target => ({
  name,
  title,
  dialect: 'gateway',
  packages: [],
  ...(only && { only }),
  obstacle: none,
  launch: ({ port, upstreamUrl }) => ({
    command: process.execPath,
    args: GATEWAY_ARGS,
    env: {
      NODE_ENV: 'production',
      AUTH_MODE: 'token',
      PORT: String(port),
      METRICS_PORT: '0',
      // No peer writes a line for each request.
      LOG_OPERATIONS: 'errors',
      UPSTREAM_URL: upstreamUrl,
      ...extra,
    },
  }),
});

const peer = (name: string, title: string, dialect: DialectName, packages: readonly string[]): Target => ({
  name,
  title,
  dialect,
  packages,
  obstacle: none,
  launch: ({ port, upstreamUrl }) => ({
    command: process.execPath,
    args: [pathInBench(`dist/targets/${name}.js`)],
    env: { NODE_ENV: 'production', PORT: String(port), UPSTREAM_URL: upstreamUrl },
  }),
});

const tailcall: Target = {
  name: 'tailcall',
  title: 'Tailcall',
  dialect: 'tailcall',
  packages: ['@tailcallhq/core-linux-x64-gnu'],
  obstacle: () => (existsSync(TAILCALL) ? undefined : 'its binary is installed on Linux with glibc on x64 only'),
  launch({ port, upstreamUrl, directory }) {
    const config = join(directory, `tailcall-${port}.graphql`);
    writeFileSync(config, toTailcallConfig(port, upstreamUrl));
    return {
      command: TAILCALL,
      args: ['start', config],
      env: { TAILCALL_LOG_LEVEL: 'error', TAILCALL_TRACKER: 'false' },
    };
  },
};

const OURS = 'ours';

/** Another build of the gateway, by the folder of its clone. */
export function otherBuild(folder: string, extra: Readonly<Record<string, string>>): Target {
  const other = ours('other', `the gateway built in ${folder}`, extra);
  const args = argsIn(resolve(folder));
  return { ...other, launch: (options) => ({ ...other.launch(options), args }) };
}

/** The gateway first: the others are compared with it. `extra` are environment variables for it. */
export const createTargets = (extra: Readonly<Record<string, string>>): readonly Target[] => [
  ours(OURS, 'this gateway', extra),
  ours('ours-no-filter', 'this gateway, filter by many ids refused', { ...extra, UPSTREAM_MULTI_ID_FILTER: 'off' }, [
    'W1',
    'W5',
    'W6',
    'W8',
    'W1+5ms',
    'W1+20ms',
  ]),
  peer('plain', 'type-graphql, Apollo Server, DataLoader', 'contract', [
    'type-graphql',
    '@apollo/server',
    'dataloader',
  ]),
  peer('mercurius', 'Mercurius, jit: 1', 'contract', ['mercurius', 'fastify', 'graphql-jit']),
  peer('yoga', 'GraphQL Yoga, graphql-jit', 'contract', ['graphql-yoga', '@envelop/graphql-jit']),
  peer('hive', 'Hive Gateway, Mesh OpenAPI', 'openapi', [
    '@graphql-hive/gateway-runtime',
    '@omnigraph/openapi',
    '@graphql-mesh/compose-cli',
  ]),
  tailcall,
  peer('proxy', 'raw proxy: node:http, undici', 'raw', ['undici']),
];
