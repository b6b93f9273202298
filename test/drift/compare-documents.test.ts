import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildSchema as parseSchema } from 'graphql';
import fc from 'fast-check';
import { compareDocuments } from '../../scripts/drift/compare-documents.js';
import {
  coordinatesOf,
  FIELDS_OF_OPERATION,
  FIELDS_OF_PROPERTY,
  TYPES_OF_SCHEMA,
} from '../../scripts/drift/coordinates.js';
import { loadOpenApi, type OpenApiDocument } from '../../scripts/drift/open-api.js';
import { toDrift, toDriftText } from '../../scripts/drift/to-drift.js';
import { buildSchema } from '../../src/schema/build-schema.js';
import { shapes } from '../../src/records/generated/shapes.js';
import { mutation, readSpec, SPEC_TEXT, type Spec } from './mutations.js';
import { runs } from '../support/runs.js';

const graph = buildSchema();
const ours = loadOpenApi(SPEC_TEXT);
const asDocument = (spec: Spec): OpenApiDocument => loadOpenApi(JSON.stringify(spec));

function changed(apply: (spec: Spec) => void): OpenApiDocument {
  const spec = readSpec();
  apply(spec);
  return asDocument(spec);
}

describe('compareDocuments', () => {
  it('finds nothing in the same document', () => {
    expect(compareDocuments(ours, loadOpenApi(SPEC_TEXT))).toEqual([]);
  });

  it('finds every single change, there and back', () => {
    const back = { appeared: 'vanished', vanished: 'appeared', changed: 'changed' } as const;
    fc.assert(
      fc.property(mutation, ({ apply, kind, what }) => {
        const theirs = changed(apply);
        expect(compareDocuments(ours, theirs)).toContainEqual(expect.objectContaining({ kind, what }));
        const optional = what.replace(/^required /, '');
        const found = compareDocuments(theirs, ours).filter((change) => change.kind === back[kind]);
        // What another document alone has counts where it may concern us.
        if (!what.startsWith('operation')) expect(found.some((change) => change.what.endsWith(optional))).toBe(true);
      }),
      { numRuns: runs(100) },
    );
  });

  it('does not take the lack of what came after the reference version for a break', () => {
    const reference = changed((spec) => {
      Reflect.deleteProperty(spec.components.schemas['SoftwareVersionData']?.properties ?? {}, 'version');
    });
    expect(compareDocuments(ours, reference)).toMatchObject([
      { kind: 'vanished', what: 'SoftwareVersionData.version', canBreak: false },
    ]);
  });

  it.each(['200', '204'])('does not take the lack of %s for a break where another success is left', (status) => {
    const theirs = changed((spec) => {
      const path = spec.paths['/v4/provisioning/customers/{customer_id}/customerAttributes'];
      const { responses } = path?.['put'] as unknown as { responses: object };
      Reflect.deleteProperty(responses, status);
    });
    expect(compareDocuments(ours, theirs)).toMatchObject([{ kind: 'vanished', canBreak: false }]);
    expect(compareDocuments(ours, theirs)).toHaveLength(1);
  });

  it('finds nothing where schemas have other names, paths a base and path parameters another name', () => {
    const renamed = SPEC_TEXT.replaceAll(/"#\/components\/schemas\/(\w+)"/g, '"#/components/schemas/$1Dto"');
    const spec = JSON.parse(renamed) as Spec;
    spec.components.schemas = Object.fromEntries(
      Object.entries(spec.components.schemas).map(([name, schema]) => [`${name}Dto`, schema]),
    );
    spec.paths = Object.fromEntries(
      Object.entries(spec.paths).map(([path, item]) => [`/api${path.replaceAll(/\{\w+\}/g, '{x}')}`, item]),
    );
    expect(compareDocuments(ours, asDocument(spec))).toEqual([]);
  });

  it('reads OpenAPI 3.1 and allOf', () => {
    const theirs = changed((spec) => {
      const schemas = spec.components.schemas as Record<string, object>;
      const { properties } = spec.components.schemas['Webhook'] ?? {};
      schemas['Base'] = { properties };
      schemas['Webhook'] = {
        allOf: [{ $ref: '#/components/schemas/Base' }, { ...schemas['Webhook'], properties: {} }],
      };
      Object.assign(properties?.['name'] ?? {}, { type: ['string', 'null'] });
    });
    expect(compareDocuments(ours, theirs)).toEqual([]);
  });

  it.each([
    ['nowhere', '#/components/schemas/None'],
    ['to another document', 'other.json#/components/schemas/A'],
    ['to what objects have', '#/components/schemas/constructor'],
  ])('refuses a reference that leads %s', (_where, $ref) => {
    const theirs = changed((spec) => Object.assign(spec.components.schemas, { Customer: { $ref } }));
    expect(() => compareDocuments(ours, theirs)).toThrow(`its reference ${$ref} leads nowhere`);
  });

  it('comes to an end where schemas hold themselves', () => {
    const apply = (spec: Spec): void => {
      spec.components.schemas['Right'] = { properties: { of: { $ref: '#/components/schemas/Right' } } };
    };
    expect(compareDocuments(changed(apply), changed(apply))).toEqual([]);
  });
});

describe('toDrift', () => {
  const driftOf = (apply: (spec: Spec) => void) => toDrift(ours, changed(apply), graph);
  const propertiesOf = (spec: Spec, name: string) => spec.components.schemas[name]?.properties ?? {};

  it('names the fields that a change touches', () => {
    expect(driftOf((spec) => delete propertiesOf(spec, 'UserItem')['email'])).toEqual([
      { kind: 'vanished', what: 'UserItem.email', breaks: true, touches: ['User.email'] },
    ]);
    expect(driftOf((spec) => delete spec.paths['/v4/provisioning/webhooks/event_types'])).toEqual([
      {
        kind: 'vanished',
        what: 'operation GET /v4/provisioning/webhooks/event_types',
        breaks: true,
        touches: ['Query.webhookEventTypes'],
      },
    ]);
  });

  it.each<[string, (spec: Spec) => void, boolean]>([
    ['a field that no one can select is gone', (s) => delete propertiesOf(s, 'Webhook')['secret'], false],
    ['an operation that no one calls is gone', (s) => delete s.paths['/v4/public/system/info'], false],
    ['an answer has one more property', (s) => (propertiesOf(s, 'Customer')['new'] = {}), false],
    ['an answer may lack what it had', (s) => s.components.schemas['Customer']?.required?.shift(), true],
    [
      'an answer always has what it could lack',
      (s) => s.components.schemas['Customer']?.required?.push('isLocked'),
      false,
    ],
    ['a request has to have more', (s) => s.components.schemas['UserAuthData']?.required?.push('login'), true],
    ['a request may lack what it had to have', (s) => s.components.schemas['UserAuthData']?.required?.shift(), false],
    [
      'an answer may hold a value that is refused',
      (s) => propertiesOf(s, 'UserInfo')['userType']?.enum?.push('x'),
      true,
    ],
    ['an answer never has one of the values', (s) => propertiesOf(s, 'UserInfo')['userType']?.enum?.pop(), false],
    [
      'something is deprecated',
      (s) => Object.assign(propertiesOf(s, 'UserItem')['email'] ?? {}, { deprecated: true }),
      false,
    ],
  ])('judges that %s', (_what, apply, breaks) => {
    const entries = driftOf(apply);
    expect(entries).toHaveLength(1);
    expect(entries[0]?.breaks).toBe(breaks);
  });

  it('says what breaks first', () => {
    const report = toDriftText(
      driftOf((spec) => {
        propertiesOf(spec, 'Customer')['new'] = {};
        Object.assign(propertiesOf(spec, 'Customer')['quotaMax'] ?? {}, { format: 'int32' });
      }),
    );
    expect(report).toBe(
      [
        'The gateway uses these (1):',
        '  changed   Customer.quotaMax: integer (int64) -> integer (int32)  [Customer.quotaMax]',
        'The gateway is not affected by these (1):',
        '  appeared  Customer.new',
      ].join('\n'),
    );
  });
});

describe('npm run upstream:drift', () => {
  const script = ['--import', 'tsx', 'scripts/upstream-drift.ts'];
  const run = async (...args: string[]) => {
    const child = spawn(process.execPath, [...script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { stdout, stderr, code: code as number };
  };

  it('compares with a file: 0 without drift', async () => {
    expect(await run('--spec', 'openapi/provisioning.openapi.json')).toMatchObject({
      code: 0,
      stdout: 'There is no drift.\n',
    });
  });

  it('compares with what a server publishes: 1 where something breaks', async () => {
    const theirs = changed((spec) => delete spec.components.schemas['UserItem']?.properties['email']);
    const server = createServer((_, response) => response.end(JSON.stringify(theirs))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stdout } = await run('--json', '--spec', `http://127.0.0.1:${port}/api/spec_v4`);
    server.close();
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual([
      { kind: 'vanished', what: 'UserItem.email', breaks: true, touches: ['User.email'] },
    ]);
  });

  it.each([
    [['--spec', 'package.json'], 'package.json cannot be compared: it is no document of OpenAPI 3.'],
    [['--spec', 'README.md'], 'README.md cannot be compared: it is not JSON.'],
    [['--spec', 'http://127.0.0.1:1/'], 'cannot be compared: '],
    [[], 'Say what to compare with: --spec FILE or --spec URL.'],
  ])('cannot compare with %j: 2', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('the table of coordinates', () => {
  const spec = readSpec();

  it('has every operation of the document', () => {
    const ids = Object.values(spec.paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
    expect(Object.keys(FIELDS_OF_OPERATION).sort()).toEqual(ids.sort());
  });

  it('names schemas and fields that exist', () => {
    for (const [schema, types] of Object.entries(TYPES_OF_SCHEMA)) {
      expect(Object.keys(spec.components.schemas)).toContain(schema);
      for (const type of types) expect(graph.getType(type)?.name).toBe(type);
    }
    const full = parseSchema(readFileSync('schema.graphql', 'utf8'));
    for (const coordinate of [...Object.values(FIELDS_OF_OPERATION), ...Object.values(FIELDS_OF_PROPERTY)].flat()) {
      const [type = '', field = ''] = coordinate.split('.');
      const found = full.getType(type);
      expect([coordinate, found && 'getFields' in found && field in found.getFields()]).toEqual([coordinate, true]);
    }
  });

  it('leaves out only what no field shows', () => {
    const unused = Object.entries(shapes).flatMap(([schema, properties]) =>
      Object.keys(properties)
        .filter((property) => coordinatesOf({ schema, property, direction: 'answer' }, graph).length === 0)
        .map((property) => `${schema}.${property}`),
    );
    expect(unused.filter((name) => !/^(?:SystemInfo|AuthMethod|FirstAdminUser|UserAuth\w+)\./.test(name))).toEqual([
      'NewCustomerResponse.firstAdminUser',
      'NewCustomerResponse.trialDays',
      'SoftwareVersionData.scmRevisionNumber',
      'UpdateCustomerResponse.trialDays',
      'Webhook.secret',
    ]);
  });
});
