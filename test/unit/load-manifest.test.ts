import { createHash } from 'node:crypto';
import { loadManifest } from '../../src/server/trusted-documents/load-manifest.js';

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
    expect([manifest.holds(TEXT), manifest.holds(`${TEXT} `)]).toEqual([true, false]);
  });

  it.each(['toString', '__proto__', 'constructor'])('holds no %s by accident', (id) => {
    expect(loadManifest('{}').textOf(id)).toBeUndefined();
  });

  it.each([
    ['no JSON', '{'],
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
