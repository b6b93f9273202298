/**
 * Turns openapi/provisioning.openapi.json into types and classes:
 * `upstream/generated/openapi.ts` holds the types of requests, `records/generated/shapes.ts` what each response schema
 * promises, and `records/generated/answers.ts` a class for each of them, with a getter for each property that checks it
 * when it is read.
 * With `--check` it writes nothing and fails when the committed files differ.
 */
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { Answer } from '../src/records/answer.js';

interface Schema {
  type?: string;
  format?: string;
  enum?: string[];
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  $ref?: string;
}
interface Document {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: Schema }> }> }>
  >;
  components: { schemas: Record<string, Schema> };
}

const SPEC = new URL('../openapi/provisioning.openapi.json', import.meta.url);
const OUT = new URL('../src/', import.meta.url);
const HEADER = '// Generated from openapi/provisioning.openapi.json by `npm run generate`. Do not edit.\n';

const refName = (schema: Schema): string | undefined => schema.$ref?.split('/').at(-1);

/** int64 identifiers travel as decimal strings inside the gateway, other int64 values as number or bigint. */
function scalarKind(property: string, schema: Schema): string {
  if (schema.enum) return `enum:${schema.enum.join('|')}`;
  if (schema.type === 'integer' && /^(id|.*Id)$/.test(property)) return 'id';
  if (schema.type === 'integer') return schema.format === 'int64' ? 'int64' : 'int32';
  if (schema.format === 'date-time') return 'date-time';
  if (property === 'customerUuid') return 'uuid';
  return schema.type ?? 'unknown';
}

function kindOf(property: string, schema: Schema): string {
  const name = refName(schema);
  if (name) return `object:${name}`;
  if (schema.type === 'array' && schema.items) return `list:${kindOf(property, schema.items)}`;
  return scalarKind(property, schema);
}

function responseSchemas(document: Document): string[] {
  const all = document.components.schemas;
  const seen = new Set<string>();
  const visit = (schema: Schema): void => {
    const name = refName(schema);
    if (name && !seen.has(name)) {
      seen.add(name);
      visit(all[name] ?? {});
    }
    for (const property of Object.values(schema.properties ?? {})) visit(property);
    if (schema.items) visit(schema.items);
  };
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        if (status.startsWith('2')) visit(response.content?.['application/json']?.schema ?? {});
      }
    }
  }
  return [...seen].sort();
}

function shapesModule(document: Document): string {
  const shapes = Object.fromEntries(
    responseSchemas(document).map((name) => {
      const schema = document.components.schemas[name] ?? {};
      const fields = Object.entries(schema.properties ?? {}).map(([property, value]) => [
        property,
        { kind: kindOf(property, value), required: schema.required?.includes(property) ?? false },
      ]);
      return [name, Object.fromEntries(fields)];
    }),
  );
  return `${HEADER}\n/** What each response schema promises: the kind of every property and whether it is required. */\nexport const shapes = ${JSON.stringify(shapes, null, 2)} as const;\n`;
}

const READERS: Readonly<Record<string, string>> = {
  string: 'read.string',
  boolean: 'read.boolean',
  int32: 'read.int32',
  int64: 'read.int64',
  id: 'read.id',
  uuid: 'read.uuid',
  'date-time': 'read.dateTime',
};

/** Constants for enums, by their text. */
type Enums = Map<string, string>;

/** An expression that reads `value` of the answer `of` as `kind`. */
function readExpression(kind: string, [value, place, of]: readonly [string, string, string], enums: Enums): string {
  const [head = '', rest = ''] = kind.split(/:(.*)/s);
  if (head === 'object') return `read.object(${value}, ${place}, ${of}.unverified, ${rest})`;
  if (head === 'list') {
    return `read.list(${value}, ${place}, ${of}, (item, at, of) => ${readExpression(rest, ['item', 'at', 'of'], enums)})`;
  }
  if (head === 'enum') {
    const name = enums.get(rest) ?? `ENUM_${enums.size + 1}`;
    enums.set(rest, name);
    return `${name}(${value}, ${place}, ${of})`;
  }
  const reader = READERS[kind];
  if (reader === undefined) throw new Error(`no reader for values of kind ${kind}`);
  return `${reader}(${value}, ${place}, ${of})`;
}

function answersModule(document: Document): string {
  const enums: Enums = new Map();
  const names = responseSchemas(document);
  const classes = names.map((name) => {
    const { properties = {}, required = [] } = document.components.schemas[name] ?? {};
    const getters = Object.entries(properties).map(([property, schema]) => {
      const place = JSON.stringify(`${name}.${property}`);
      if (property in Answer.prototype) throw new Error(`${name}.${property} hides what is an Answer's own`);
      const absent = required.includes(property) ? `read.missing(${place})` : 'null';
      return `get ${property}() {
        const value = ${property === 'id' ? 'this.ownId' : `this.from[${JSON.stringify(property)}]`};
        return value == null ? ${absent} : ${readExpression(kindOf(property, schema), ['value', place, 'this'], enums)};
      }`;
    });
    return `class ${name} extends Answer implements Decoded<'${name}'> {
      override get shapeName(): string { return '${name}'; }
      override get propertyNames() { return names.${name}; }
      ${getters.join('\n')}
    }\n`;
  });
  const constants = [...enums].map(
    ([values, name]) =>
      `const ${name} = read.oneOf(${values
        .split('|')
        .map((value) => JSON.stringify(value))
        .join(', ')});`,
  );
  return [
    HEADER,
    "import { Answer } from '../answer.js';",
    "import type { Decoded } from '../decode.js';",
    "import * as read from '../answer.js';",
    "import { shapes } from './shapes.js';\n",
    ...constants,
    `const names = { ${names.map((name) => `${name}: Object.keys(shapes.${name})`).join(', ')} };\n`,
    ...classes,
    `/** A class for each response schema, by its name. */`,
    `export const answers = { ${names.join(', ')} };`,
  ].join('\n');
}

async function typesModule(): Promise<string> {
  const int64 = ts.factory.createUnionTypeNode([
    ts.factory.createKeywordTypeNode(ts.SyntaxKind.NumberKeyword),
    ts.factory.createKeywordTypeNode(ts.SyntaxKind.BigIntKeyword),
  ]);
  const ast = await openapiTS(SPEC, {
    alphabetize: false,
    defaultNonNullable: false,
    transform: (schema) => (schema.format === 'int64' ? int64 : undefined),
  });
  return HEADER + astToString(ast);
}

const document = JSON.parse(await readFile(SPEC, 'utf8')) as Document;
const style = { ...(await resolveConfig(SPEC)), parser: 'typescript' };
const files = {
  'upstream/generated/openapi.ts': await typesModule(),
  'records/generated/shapes.ts': shapesModule(document),
  'records/generated/answers.ts': answersModule(document),
};

let drift = false;
for (const [name, source] of Object.entries(files)) {
  const text = await format(source, style);
  const target = new URL(name, OUT);
  if (process.argv.includes('--check')) {
    if ((await readFile(target, 'utf8').catch(() => '')) !== text) {
      console.error(`${target.pathname} is out of date: run \`npm run generate\``);
      drift = true;
    }
  } else {
    await writeFile(target, text);
  }
}
process.exitCode = drift ? 1 : 0;
