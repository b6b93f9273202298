import { buildSchema } from 'graphql';
import { loadManifest } from '../../src/operations/trusted-documents/load-manifest.js';
import { readManifestOperations } from '../../src/operations/trusted-documents/manifest-operations.js';

const SCHEMA = buildSchema('type Query { a: Int b: Int } type Mutation { c: Int } type Subscription { d: Int }');
const read = (documents: object) => readManifestOperations(loadManifest(JSON.stringify(documents)), SCHEMA);

describe('readManifestOperations', () => {
  it('finds operations by name and by the id of their document', () => {
    const { all, find } = read({ one: 'query A { a }', two: 'mutation C { c }' });
    expect(all.map(({ name, documentId }) => [name, documentId])).toEqual([
      ['A', 'one'],
      ['C', 'two'],
    ]);
    expect([find('A'), find('one'), find('C'), find('B')]).toEqual([all[0], all[0], all[1], undefined]);
  });

  it('names operations by the id of their document if they have no name of their own', () => {
    const { all, find } = read({ one: '{ a }', two: 'query A { a }', three: 'query A { b }' });
    expect(all.map(({ name }) => name)).toEqual(['one', 'two', 'three']);
    expect([find('two'), find('A')]).toEqual([all[1], undefined]);
  });

  it('finds operations of one document by their names only', () => {
    const { all, find } = read({
      one: 'query A { a } query B { b }',
      two: 'query C { a } query D { a }',
      three: 'query D { b }',
    });
    expect(all.map(({ name }) => name)).toEqual(['A', 'B', 'C', 'three']);
    expect([find('one'), find('two'), find('D')]).toEqual([undefined, undefined, undefined]);
  });

  it('leaves out subscriptions, and documents that the schema does not fit', () => {
    const { all, misfits } = read({ one: 'subscription D { d }', two: 'query E { e }', three: 'query F {' });
    expect(all).toEqual([]);
    expect(misfits.map(({ id }) => id)).toEqual(['two', 'three']);
  });
});
