import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kind, parse, type DefinitionNode } from 'graphql';
import { parseAllDocuments } from 'yaml';
import { createLineCheck } from '../../src/cli/apply-lines.js';
import { SAMPLE_DOCUMENTS } from '../../src/operations/trusted-documents/sample-documents.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { rename } from '../support/subscribe.js';
import { checkOf, type Surroundings } from './check-call.js';
import { findProblemsInTypes } from './find-problems-in-types.js';
import { loadDocuments, type Block } from './load-documents.js';
import { recordCalls } from './record-calls.js';
import { startSupergraph } from './start-supergraph.js';

const CALLER = { 'content-type': 'application/json', 'x-sds-service-token': SANDBOX_TOKENS.first };

const documents = loadDocuments();
const blocks = documents.flatMap((document) => document.blocks);
const inLanguage = (...languages: string[]): Block[] => blocks.filter(({ language }) => languages.includes(language));
const titled = (some: readonly Block[]): [string, Block][] => some.map((block) => [block.at, block]);

/** Everything is started once: a gateway, its sandbox and, for who asks it, a router before the gateway. */
let stack: Stack;
let surroundings: Surroundings;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  // The documents of a gateway with its sandbox, which this one is not.
  const directory = await mkdtemp(join(tmpdir(), 'snippets-'));
  closing.push(() => rm(directory, { recursive: true }));
  const manifest = join(directory, 'manifest.graphql');
  await writeFile(manifest, SAMPLE_DOCUMENTS);
  // As many customers as there are by default, so that answers are those that are printed.
  stack = await startStack({
    sandbox: { customers: 2_000 },
    env: {
      AUTH_MODE: 'none',
      UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
      TRUSTED_DOCUMENTS: manifest,
      TRUSTED_DOCUMENTS_MODE: 'log',
      MCP_TOOLS: 'CustomerList,CustomerById,LockCustomer',
    },
  });
  closing.push(() => stack.close());
  let router: Promise<string> | undefined;
  surroundings = {
    upstreamUrl: stack.sandbox.url,
    async curl(args) {
      if (args.some((arg) => arg.includes(':4002/'))) router ??= startSupergraph(stack, closing);
      const strangers = args.filter(
        (arg) => /^https?:/.test(arg) && !/^http:\/\/127\.0\.0\.1:40(00|02|10)\//.test(arg),
      );
      if (strangers.length > 0) throw new Error(`nothing here answers for ${strangers.join(' ')}`);
      const targets = { 4000: stack.gateway.url, 4010: stack.sandbox.url, ...(router && { 4002: await router }) };
      const places = Object.entries(targets).flatMap(([port, url]) => [
        '--connect-to',
        `127.0.0.1:${port}:127.0.0.1:${new URL(url).port}`,
      ]);
      const { stdout } = await promisify(execFile)('curl', [...places, '--fail-with-body', '-sS', ...args]);
      return stdout;
    },
  };
});

afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

describe('every fenced block', () => {
  /** Programs in `js` and `python` are run by test/clients. */
  const CHECKED = ['sh', 'graphql', 'json', 'jsonl', 'csv', 'yaml', 'ts', 'js', 'python'];
  /** What nothing can run: output as it was printed, formats, diagrams and headers. */
  const SHOWN = ['text', 'mermaid', 'http'];

  it('is in a language that is run, or only shown', () => {
    expect(blocks.length).toBeGreaterThan(20);
    expect(blocks.filter(({ language }) => ![...CHECKED, ...SHOWN].includes(language)).map(({ at }) => at)).toEqual([]);
  });
});

describe('a command', () => {
  const IS_COMMAND = /^(?:[A-Z]\w*=\S+ )*(?:npm|npx|node|curl|docker|kubectl|apt-get|dracoon-graphql-gateway) \S/;
  const IS_SETTING = /^[A-Z][A-Z0-9_]+=[^\s…]+$/;
  const isOutput = (block: Block | undefined): boolean => ['json', 'csv'].includes(block?.language ?? '');
  const spans = documents.flatMap((document) => document.spans);
  const snippets: Pick<Block, 'at' | 'text' | 'next'>[] = [
    ...inLanguage('sh'),
    ...spans
      .filter(({ text }) => IS_COMMAND.test(text) || IS_SETTING.test(text))
      .map((span) => ({ ...span, next: undefined })),
  ];
  const checks = snippets.flatMap(({ at, text, next }) => {
    const calls = recordCalls(text).filter(({ words, env }) => words.length > 0 || Object.keys(env).length > 0);
    return calls.map((call) => {
      const check = checkOf(call);
      const settings = Object.entries(call.env).map(([name, value]) => `${name}=${value}`);
      return {
        // The same command is checked once, wherever it stands.
        title: `${[...settings, ...call.words].join(' ')} ${check.proves}`,
        at,
        check,
        printed: call === calls.findLast(({ words }) => words.length > 0) && isOutput(next) ? next : undefined,
      };
    });
  });
  const once = [
    ...new Map(checks.toReversed().map((each) => [`${each.title} ${each.printed?.text}`, each])).values(),
  ].toReversed();

  it.each(once)('$at: $title', async ({ check, printed }) => {
    const result = await check.run(surroundings);
    const output = typeof result === 'string' ? result : '';
    if (printed?.language === 'csv') expect(output.replaceAll('\r\n', '\n')).toBe(printed.text);
    else if (printed) expect(JSON.parse(output)).toEqual(JSON.parse(printed.text));
    else if (output.startsWith('{')) expect(JSON.parse(output)).not.toHaveProperty('errors');
  });
});

describe('an operation', () => {
  const isOperation = ({ kind }: DefinitionNode): boolean =>
    kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION;
  const operations = inLanguage('graphql').filter(({ text }) => parse(text).definitions.every(isOperation));
  const isSubscription = ({ text }: Block): boolean => /^subscription\b/m.test(text);

  it('is in the documents', () => expect(operations.length).toBeGreaterThan(1));

  it.each(titled(operations.filter((block) => !isSubscription(block))))(
    'at %s is answered without errors',
    async (_at, { text }) => {
      const { data, errors } = await stack.execute<Record<string, object>, never>(text);
      expect(errors).toBeUndefined();
      for (const answer of Object.values(data ?? {})) expect(answer).not.toHaveProperty('userErrors.0');
    },
  );

  it.each(titled(operations.filter(isSubscription)))('at %s is notified of a change', async (_at, { text }) => {
    const stop = new AbortController();
    const response = await fetch(`${stack.gateway.url}/graphql/stream`, {
      method: 'POST',
      headers: CALLER,
      body: JSON.stringify({ query: text }),
      signal: stop.signal,
    });
    expect(response.status).toBe(200);
    await stack.execute(rename(5, 'Notified of'));
    const reader = response.body?.getReader();
    let told = '';
    await eventually('the event comes', async () => {
      told += new TextDecoder().decode((await reader?.read())?.value);
      return told.includes('event: next');
    });
    stop.abort();
    expect(told).not.toContain('"errors"');
  });
});

describe('data', () => {
  it.each(titled(inLanguage('json')))('at %s is JSON', (_at, { text }) => {
    expect(JSON.parse(text)).toEqual(expect.any(Object));
  });

  it.each(titled(inLanguage('jsonl')))(
    'at %s is JSON on each line, and what `apply` takes or writes',
    (_at, { text }) => {
      const check = createLineCheck('');
      for (const [at, line] of text.trimEnd().split('\n').entries()) {
        if ('status' in (JSON.parse(line) as object)) continue;
        expect(check(at + 1, line)).not.toHaveProperty('problems');
      }
    },
  );

  // Without any, there is nothing to declare.
  for (const { at, text } of inLanguage('yaml')) {
    it(`at ${at} is YAML`, () => {
      for (const document of parseAllDocuments(text)) expect(document.errors).toEqual([]);
    });
  }
});

describe('TypeScript', () => {
  const snippets = inLanguage('ts');

  it('has the right types', () => {
    const problems = findProblemsInTypes(snippets.map(({ text }) => text));
    expect(snippets.flatMap(({ at }, index) => problems[index]?.map((problem) => `${at} ${problem}`) ?? [])).toEqual(
      [],
    );
  });
});
