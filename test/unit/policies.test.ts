import { readFileSync } from 'node:fs';
import { isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { buildSchema } from '../../src/schema/build-schema.js';
import { POLICIES } from '../../src/schema/policies.js';

const types = Object.values(buildSchema().getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const membersOf = (type: (typeof types)[number]): string[] => {
  if (isObjectType(type) || isInputObjectType(type)) return Object.keys(type.getFields());
  return isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
};
const elements = new Set(
  types.flatMap((type) => [type.name, ...membersOf(type).map((name) => `${type.name}.${name}`)]),
);
const coordinates = POLICIES.map(([coordinate]) => coordinate);

describe('the policies of the schema', () => {
  it('are of elements that it has, one for each', () => {
    expect(coordinates.filter((coordinate) => !elements.has(coordinate))).toEqual([]);
    const fields = coordinates.filter((coordinate) => coordinate.includes('.'));
    expect(fields).toHaveLength(new Set(fields).size);
  });

  it('are there for every field that reads or writes something', () => {
    const roots = types.filter(({ name }) => ['Query', 'Mutation', 'Subscription'].includes(name));
    const known = new Set(coordinates);
    const missing = roots.flatMap((type) =>
      membersOf(type)
        .map((name) => `${type.name}.${name}`)
        .filter((coordinate) => !known.has(coordinate)),
    );
    expect(missing).toEqual([]);
    const silent = POLICIES.filter(
      ([coordinate, { access, upstream }]) => /^(Query|Mutation)\./.test(coordinate) && (!access || !upstream),
    );
    expect(silent).toEqual([]);
  });

  it('name every operation of the upstream that the graph has a use for', () => {
    const { paths } = JSON.parse(readFileSync('openapi/provisioning.openapi.json', 'utf8')) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const operations = Object.values(paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    const used = new Set(POLICIES.flatMap(([, { upstream = [] }]) => upstream));
    expect(operations.filter((operation) => !used.has(operation))).toEqual([
      // Customers come with their attributes, and only the sandbox has a use for what an installation is like.
      'requestCustomerAttributes',
      'requestSystemInfo',
    ]);
  });
});
