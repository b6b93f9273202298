import { createHash } from 'node:crypto';
import { loadManifest } from '../../src/operations/trusted-documents/load-manifest.js';

const TEXT = 'query A { a }';
const HASH = createHash('sha256').update(TEXT).digest('hex');
const apollo = (more: object): string =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: [], ...more });

describe('loadManifest', () => {
  it.each([
    ['Code Generator', JSON.stringify({ one: TEXT })],
    ['Apollo', apollo({ operations: [{ id: 'one', body: TEXT, name: 'A', type: 'query' }] })],
  ])('reads what %s writes', (_, text) => {
    const manifest = loadManifest(text);
    expect([manifest.textOf('one'), manifest.textOf(HASH), manifest.textOf('two')]).toEqual([TEXT, TEXT, undefined]);
    expect([manifest.idOf(TEXT), manifest.idOf(`${TEXT} `)]).toEqual(['one', undefined]);
  });

  it('reads the operations of a GraphQL text by their names, each with its fragments', () => {
    const { documents } = loadManifest('# A comment\n"One." query A { ...F } query B { b } fragment F on Query { a }');
    expect(documents).toEqual([
      ['A', '"One."\nquery A {\n  ...F\n}\n\nfragment F on Query {\n  a\n}'],
      ['B', 'query B {\n  b\n}'],
    ]);
  });

  it.each(['toString', '__proto__', 'constructor'])('holds no %s by accident', (id) => {
    expect(loadManifest('{}').textOf(id)).toBeUndefined();
  });

  it.each([
    ['no JSON', '{'],
    ['neither JSON nor GraphQL', 'one'],
    ['a GraphQL text with an operation that has no name', 'query { a }'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a document that is no text', '{"one": 1}'],
    ['an empty document', '{"one": " "}'],
    ['another format', apollo({ format: 'another' })],
    ['another version', apollo({ version: 2 })],
    ['operations that are no list', apollo({ operations: {} })],
    ['an operation without a body', apollo({ operations: [{ id: 'one' }] })],
    ['an operation that is none', apollo({ operations: [null] })],
  ])('refuses %s', (_, text) => {
    expect(() => loadManifest(text)).toThrow();
  });
});
