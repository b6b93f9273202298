import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { printApiText } from '../../src/schema/print-schema-text.js';
import { loadDocuments } from '../docs/load-documents.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { rename } from '../support/subscribe.js';

const run = promisify(execFile);
const PACKAGE = 'test/clients';
const isInstalled = existsSync(`${PACKAGE}/node_modules`);
const describeInstalled = isInstalled ? describe : describe.skip;

const NAME = 'Kuiper Windkraft GmbH';
const page = loadDocuments().find(({ file }) => file === 'docs/clients.md');
const programs = (page?.blocks ?? []).filter(({ language }) => language === 'js' || language === 'python');
const programsWith = (...words: string[]): [string, string][] =>
  programs.filter(({ text }) => words.every((word) => text.includes(word))).map(({ at, text }) => [at, text]);

const QUERIES = programs.filter(({ text }) => text.includes('customer(id') || text.includes('customerQuery'));
const SUBSCRIPTIONS = programsWith('customerEvents');
const RELAY = programsWith('relay-runtime');

/** Registration of persisted queries, by what both clients have for it; prints the status of each response. */
const SHOWS_STATUS = `const shown = async (url, options) => {
  const response = await fetch(url, options);
  console.log(response.status);
  return response;
};`;
const REGISTRATIONS: readonly [string, string][] = [
  [
    'Apollo Client',
    `import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { createHash } from 'node:crypto';
${SHOWS_STATUS}
const client = new ApolloClient({
  link: ApolloLink.from([
    new PersistedQueryLink({ sha256: (text) => createHash('sha256').update(text).digest('hex') }),
    new HttpLink({
      uri: 'http://127.0.0.1:4000/graphql',
      headers: { 'X-Sds-Service-Token': process.env.DRACOON_TOKEN },
      fetch: shown,
    }),
  ]),
  cache: new InMemoryCache(),
  defaultOptions: { query: { fetchPolicy: 'network-only' } },
});
const query = gql\`query ByApollo { customer(id: 1) { id companyName } }\`;
for (let time = 0; time < 4; time += 1) console.log((await client.query({ query })).data.customer.companyName);`,
  ],
  [
    'urql',
    `import { Client, fetchExchange, gql } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
${SHOWS_STATUS}
const client = new Client({
  url: 'http://127.0.0.1:4000/graphql',
  exchanges: [persistedExchange({ preferGetForPersistedQueries: false }), fetchExchange],
  fetchOptions: { headers: { 'X-Sds-Service-Token': process.env.DRACOON_TOKEN } },
  preferGetMethod: false,
  requestPolicy: 'network-only',
  fetch: shown,
});
const query = gql\`query ByUrql { customer(id: 1) { id companyName } }\`;
for (let time = 0; time < 4; time += 1) console.log((await client.query(query).toPromise()).data.customer.companyName);`,
  ],
];

let stack: Stack | undefined;
const children = new Map<ChildProcess, Promise<unknown>>();
const directories: string[] = [];
const startGateway = async (env: Record<string, string> = {}): Promise<void> => {
  stack = await startStack({ sandbox: { customers: 5 }, env });
};
afterEach(async () => {
  for (const [child, ended] of children) {
    child.kill();
    await ended;
  }
  children.clear();
  await stack?.close();
  stack = undefined;
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true });
});

interface Program {
  output: () => string;
  ended: Promise<unknown>;
}

/** Starts a program of the page before the gateway of this test. */
function start(text: string, cwd = PACKAGE): Program {
  const code = text.replaceAll('127.0.0.1:4000', new URL(stack?.gateway.url ?? '').host);
  const [command, args] = text.includes('urllib')
    ? ['python3', ['-c', code]]
    : [process.execPath, ['--input-type=module', '-e', code]];
  const env = { ...process.env, DRACOON_TOKEN: SANDBOX_TOKENS.first };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  children.set(child, ended);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  return { output: () => output, ended };
}

async function outputOf(text: string, cwd?: string): Promise<string> {
  const { output, ended } = start(text, cwd);
  await ended;
  return output();
}

describeInstalled('a program of docs/clients.md', () => {
  it('is one of a query or of a subscription', () => {
    expect(programs).toHaveLength(9);
    expect(QUERIES.length).toBeGreaterThan(4);
    expect(SUBSCRIPTIONS.length).toBeGreaterThan(4);
  });

  const finite = QUERIES.map(({ at, text }): [string, string] => [at, text]).filter(
    ([, text]) => !text.includes('customerEvents') && !text.includes('relay-runtime'),
  );
  it.each(finite)('at %s prints what it queries', async (_at, text) => {
    await startGateway();
    for (const _ of [1, 2, 3, 4]) expect(await outputOf(text)).toBe(`${NAME}\n`);
  });

  it.each(SUBSCRIPTIONS)('at %s prints what is changed', async (_at, text) => {
    await startGateway();
    const { output } = start(text);
    if (text.includes('companyName')) await eventually('its query is answered', () => output() === `${NAME}\n`);
    await eventually('it is told', async () => {
      await stack?.execute(rename(3, 'Renamed'));
      return /UPDATED/.test(output()) && /customerId: '3'/.test(output());
    });
  });

  it('reads a schema by relay-compiler, and keys records by type and id', async () => {
    await startGateway();
    const settings = page?.blocks.find(({ text }) => text.includes('customScalarTypes'))?.text ?? '';
    const query =
      'query customerQuery($id: ID!) { customer(id: $id) { id companyName users(first: 1) { nodes { id } } } }';
    for (const schema of ['as it stands', 'for clients']) {
      const directory = await mkdtemp(join(tmpdir(), 'relay-'));
      directories.push(directory);
      await mkdir(join(directory, '__generated__'));
      await symlink(join(process.cwd(), PACKAGE, 'node_modules'), join(directory, 'node_modules'));
      await writeFile(join(directory, 'package.json'), '{"type":"module"}');
      await writeFile(join(directory, 'relay.config.json'), settings);
      await writeFile(
        join(directory, 'customer.js'),
        `import { graphql } from 'relay-runtime';\ngraphql\`${query}\`;\n`,
      );
      if (schema === 'as it stands') await copyFile('schema.graphql', join(directory, 'schema.graphql'));
      else await writeFile(join(directory, 'schema.graphql'), printApiText());
      await run(process.execPath, [join(process.cwd(), PACKAGE, 'node_modules/relay-compiler/cli.js')], {
        cwd: directory,
      });
      const output = await outputOf(RELAY[0]?.[1] ?? '', directory);
      expect(output).toContain(NAME);
      expect(output).toContain("'Customer:1'");
    }
  });
});

describeInstalled.each(['on', 'off'])('persisted queries with FAST_LANE=%s', (FAST_LANE) => {
  it.each(REGISTRATIONS)('are registered by %s', async (_client, text) => {
    await startGateway({ FAST_LANE });
    // Not found, registered, and by the hash from then on.
    expect((await outputOf(text)).match(/\d{3}/g)).toEqual(['404', '200', '200', '200', '200']);
  });
});
