import { getIntrospectionQuery, parse } from 'graphql';
import { measureDocument } from '../../src/operations/limits/measure-document.js';

const measure = (text: string): ReturnType<typeof measureDocument> => measureDocument(parse(text));

describe('measureDocument', () => {
  it('measures what is written', () => {
    expect(measure('query Q($a: Int @x) @y { a: b { c { d @z } } e }')).toEqual({
      depth: 3,
      selections: 4,
      rootFields: 2,
      aliases: 1,
      directives: 3,
      repeatedFields: 0,
      operations: 1,
    });
  });

  it.each([
    ['inline fragments', '{ ... on Query { a { ... { b } } } }', { depth: 2, rootFields: 1, selections: 4 }],
    ['fragments', '{ ...F } fragment F on Query { a { ...G } b } fragment G on A { c }', { depth: 2, rootFields: 2 }],
    ['a fragment in several places', '{ a { ...F } b { ...F } } fragment F on A { c d }', { selections: 8 }],
    ['a fragment that nothing spreads', '{ a } fragment F on A { b { c { d } } }', { depth: 3, rootFields: 1 }],
    ['fragments that do not exist', '{ a { ...Nowhere } }', { depth: 1, selections: 2 }],
    ['the largest operation', 'query A { a } query B { b { c } d }', { operations: 2, depth: 2, rootFields: 2 }],
  ])('expands %s', (_, text, expected) => {
    expect(measure(text)).toMatchObject(expected);
  });

  it('counts what fragments that double each other expand to, without expanding them', () => {
    const levels = Array.from({ length: 60 }, (_, n) => `fragment F${n} on A { ...F${n + 1} ...F${n + 1} }`);
    const { selections } = measure(`{ a { ...F0 } } ${levels.join(' ')} fragment F60 on A { b }`);
    expect(selections).toBe(2 + 2 * (2 ** 60 - 1) + 2 ** 60);
  });

  it.each([
    ['itself', '{ ...F } fragment F on Query { a { ...F } }'],
    ['each other', '{ ...F } fragment F on Query { a { ...G } } fragment G on A { b { ...F ...G } ...F }'],
  ])('comes to an end where fragments spread %s', (_, text) => {
    const { depth, selections } = measure(text);
    expect(depth).toBeGreaterThan(0);
    expect(selections).toBeLessThan(20);
  });

  it('does not use the call stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, n) => `fragment F${n} on A { ...F${n + 1} }`).join(' ');
    expect(measure(`{ ...F0 } ${chain} fragment F20000 on A { b }`)).toMatchObject({ depth: 1, selections: 20_002 });
  });

  it('counts what repeats a name within one selection set', () => {
    expect(measure('{ a { b b c: b c: b } d { b } ... { a { b } ... { d } } }').repeatedFields).toBe(4);
  });

  it('counts introspection as one level', () => {
    expect(measure(getIntrospectionQuery())).toMatchObject({ depth: 1, rootFields: 1, aliases: 0 });
    expect(measure('{ __schema { types { fields { type { name } } } } }').depth).toBe(1);
  });
});
