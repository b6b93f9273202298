import { readFileSync } from 'node:fs';
import { isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { buildSchema } from '../../src/schema/build-schema.js';
import { FIRST_VERSIONS, POLICIES } from '../../src/schema/policies.js';

const described = new Map<string, string | null | undefined>(
  Object.values(buildSchema().getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))
    .flatMap((type) =>
      Object.values(type.getFields()).map(({ name, description }) => [`${type.name}.${name}`, description] as const),
    ),
);

/** Where the graph has what a schema of the OpenAPI document has. */
const TYPES: Readonly<Record<string, string>> = {
  Customer: 'Customer',
  UserItem: 'User',
  UserInfo: 'UserInfo',
  SoftwareVersionData: 'UpstreamVersion',
  NewCustomerRequest: 'CreateCustomerInput',
  UpdateCustomerRequest: 'UpdateCustomerInput',
  FirstAdminUser: 'FirstAdminUserInput',
};
interface Dated {
  'x-since'?: string;
}
const document = JSON.parse(readFileSync('openapi/provisioning.openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, Dated & { operationId?: string }>>;
  components: { schemas: Record<string, { properties?: Record<string, Dated> }> };
};

const datesOfOperations = new Map(
  Object.values(document.paths)
    .flatMap((path) => Object.values(path))
    .map(({ operationId, 'x-since': since }) => [operationId, since]),
);
/** A field is as new as its operations, if all of them are dated. */
const operations = POLICIES.flatMap(([coordinate, { upstream = [] }]) => {
  const dates = upstream.map((operationId) => datesOfOperations.get(operationId));
  return dates.includes(undefined) ? [] : [[coordinate, dates[0]] as const];
});
const properties = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
  Object.entries(schema.properties ?? {}).map(
    ([property, facts]) => [`${TYPES[name] ?? ''}.${property}`, facts['x-since']] as const,
  ),
);
const documented = [...operations, ...properties].flatMap(([coordinate, since]) =>
  since !== undefined && described.has(coordinate) ? [[coordinate, since.replace('v', '')] as const] : [],
);

describe('FIRST_VERSIONS', () => {
  it.each(Object.keys(FIRST_VERSIONS))('names something of the schema: %s', (coordinate) => {
    expect(described.has(coordinate)).toBe(true);
  });

  it('has what the OpenAPI document dates, with its versions', () => {
    expect(documented.length).toBeGreaterThan(20);
    expect(FIRST_VERSIONS).toMatchObject(Object.fromEntries(documented));
  });

  it('has what the OpenAPI document or its older versions tell, and nothing else', () => {
    // The counts by comparing documents of several versions, see docs/upstream.md; the look-up, as it needs the UUID.
    const compared = ['Customer.cntInternalUser', 'Customer.cntGuestUser', 'Query.customerByUuid'];
    const known = new Set([...documented.map(([coordinate]) => coordinate), ...compared]);
    expect(Object.keys(FIRST_VERSIONS).filter((coordinate) => !known.has(coordinate))).toEqual([]);
  });

  it('agrees with what the descriptions tell clients', () => {
    for (const [coordinate, description] of described) {
      const told = /(?:Since|before) DRACOON (\d+\.\d+)/.exec(description ?? '')?.[1];
      if (told !== undefined) expect([coordinate, FIRST_VERSIONS[coordinate]]).toEqual([coordinate, `${told}.0`]);
    }
  });
});
