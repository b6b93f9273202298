/**
 * Turns openapi/provisioning.openapi.json into src/upstream/generated/:
 * `openapi.ts` holds the types of requests, `shapes.ts` what each response schema promises, for the decoder.
 * With `--check` it writes nothing and fails when the committed files differ.
 */
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

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
const OUT = new URL('../src/upstream/generated/', import.meta.url);
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
const files = { 'openapi.ts': await typesModule(), 'shapes.ts': shapesModule(document) };

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
