import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSchema } from 'graphql';
import { parse } from 'yaml';
import { STEADY_ENV } from '../support/steady-env.js';

const TSX = 'node_modules/tsx/dist/cli.mjs';
const ROUTERS = 'examples/supergraph/router';

/** The output of a child up to the first match. */
async function outputUntil(child: ChildProcess, pattern: RegExp): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    if (pattern.test(output)) break;
  }
  return output;
}

describe('npm run supergraph', () => {
  it('starts all three and prints a query that spans both subgraphs', async () => {
    const child = spawn(process.execPath, [TSX, 'examples/supergraph/start.ts'], {
      env: { ...process.env, ...STEADY_ENV, NODE_OPTIONS: '', GATEWAY_PORT: '0', BILLING_PORT: '0', ROUTER_PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    try {
      const output = await outputUntil(child, /curl .*'\n/);
      const [, url = '', body = ''] = /curl (\S+) -H 'content-type: application\/json' -d '(.*)'/.exec(output) ?? [];
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      const { data, errors } = (await response.json()) as { data: unknown; errors: unknown };
      expect(errors).toBeUndefined();
      const { nodes } = (data as { invoices: { nodes: unknown[] } }).invoices;
      expect(nodes).toHaveLength(5);
      expect(nodes[0]).toEqual({
        number: '2026-0060',
        total: expect.any(Number) as number,
        customer: {
          companyName: expect.any(String) as string,
          quotaUsed: expect.any(Number) as number,
          users: { totalCount: expect.any(Number) as number },
        },
      });
    } finally {
      child.kill('SIGTERM');
    }
    expect(await exited).toEqual([0, null]);
  });

  it('has a supergraph to start other routers from', async () => {
    const child = spawn(process.execPath, [TSX, 'examples/supergraph/print-supergraph.ts'], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const supergraph = buildSchema(await outputUntil(child, /$^/));
    expect(supergraph.getQueryType()?.getFields()).toMatchObject({ customers: {}, invoices: {} });
  });
});

/** The routers themselves are not on npm, so this holds their files to what their documentation says of the keys. */
describe('the configuration of', () => {
  interface SubgraphSource {
    name?: string;
    routing_url: string;
    schema: { file: string };
  }
  const load = (path: string): unknown => parse(readFileSync(join(ROUTERS, path), 'utf8'));

  it('Apollo Router hands the token to the DRACOON subgraph and its errors to clients', () => {
    expect(load('apollo/router.yaml')).toEqual({
      supergraph: { listen: '127.0.0.1:4002' },
      headers: { subgraphs: { dracoon: { request: [{ propagate: { named: 'x-sds-service-token' } }] } } },
      subscription: {
        enabled: true,
        mode: { passthrough: { subgraphs: { dracoon: { path: '/graphql', protocol: 'graphql_ws' } } } },
      },
      include_subgraph_errors: { subgraphs: { dracoon: true } },
    });
  });

  it('Cosmo Router hands the token to the DRACOON subgraph', () => {
    expect(load('cosmo/config.yaml')).toEqual({
      version: '1',
      listen_addr: '127.0.0.1:4002',
      execution_config: { file: { path: 'execution-config.json' } },
      headers: { subgraphs: { dracoon: { request: [{ op: 'propagate', named: 'X-Sds-Service-Token' }] } } },
    });
  });

  it('Cosmo Router takes events as a stream from the endpoint of everything else', () => {
    const { subgraphs } = load('cosmo/graph.yaml') as { subgraphs: { name: string; subscription?: unknown }[] };
    expect(subgraphs.map(({ name, subscription }) => [name, subscription])).toEqual([
      ['dracoon', { protocol: 'sse_post' }],
      ['billing', undefined],
    ]);
  });

  it.each([
    ['apollo/supergraph.yaml', 'federation_version', 2],
    ['cosmo/graph.yaml', 'version', 1],
  ])('composition names both subgraphs, where they are and what they say: %s', (path, key, version) => {
    const document = load(path) as Record<string, unknown> & { subgraphs: Record<string, SubgraphSource> };
    expect(document[key]).toBe(version);
    const subgraphs = Object.entries(document.subgraphs).map(([name, source]) => ({
      ...source,
      name: source.name ?? name,
    }));
    expect(subgraphs.map(({ name, routing_url }) => [name, routing_url])).toEqual([
      ['dracoon', 'http://127.0.0.1:4000/graphql'],
      ['billing', 'http://127.0.0.1:4001/'],
    ]);
    const files = subgraphs.map(({ schema }) => join(ROUTERS, dirname(path), schema.file));
    expect(files).toEqual(['schema.graphql', 'examples/supergraph/billing.graphql']);
    expect(files.every(existsSync)).toBe(true);
  });
});
