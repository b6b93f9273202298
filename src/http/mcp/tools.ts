import type { Tool } from '@modelcontextprotocol/server';
import { OperationTypeNode, type GraphQLSchema } from 'graphql';
import { JsonSchemas } from '../../operations/json-schema/json-schemas.js';
import { toResultSchema } from '../../operations/json-schema/result-schema.js';
import { toVariables, toVariablesSchema } from '../../operations/json-schema/variables-schema.js';
import { coordinatesOf, scopesOf } from '../../operations/trusted-documents/coordinates-of.js';
import type { ManifestOperation, ManifestOperations } from '../../operations/trusted-documents/manifest-operations.js';

/** An operation of the manifest that agents can call. */
export interface OperationTool {
  readonly operation: ManifestOperation;
  readonly isWrite: boolean;
  /** Without one of these, a part of it at least is refused. */
  readonly scopes: readonly string[];
  /** What clients get to see of it. */
  readonly shown: Tool;
}

export interface Tools {
  readonly all: readonly OperationTool[];
  find(name: unknown): OperationTool | undefined;
  /** The scopes of all of them. */
  readonly scopes: readonly string[];
}

/** By the protocol, whatever overwrites or removes something is destructive, so creations alone are not. */
const isDestructive = (coordinates: readonly string[]): boolean =>
  coordinates.some((coordinate) => /^Mutation\.(?!create)/.test(coordinate));

/** That of the document, or else those of its fields at the root: agents choose a tool by it. */
function descriptionOf(
  { definition }: ManifestOperation,
  coordinates: readonly string[],
  schema: GraphQLSchema,
): string {
  const fields = schema.getRootType(definition.operation)?.getFields() ?? {};
  const ofFields = coordinates.map(
    (coordinate) => fields[coordinate.replace(/^(?:Query|Mutation)\./, '')]?.description,
  );
  return definition.description?.value ?? ofFields.filter(Boolean).join(' ');
}

function toTool(name: string, operation: ManifestOperation, schema: GraphQLSchema): OperationTool {
  const { definition } = operation;
  const isWrite = definition.operation === OperationTypeNode.MUTATION;
  const coordinates = coordinatesOf(operation, schema);
  const [given, returned] = [new JsonSchemas('#/$defs/'), new JsonSchemas('#/$defs/')];
  const inputSchema = toVariablesSchema(toVariables(definition, schema, given));
  const outputSchema = toResultSchema(operation, schema, returned);
  const shown = {
    name,
    description: descriptionOf(operation, coordinates, schema),
    inputSchema: { ...inputSchema, $defs: given.named },
    outputSchema: { ...outputSchema, $defs: returned.named },
    annotations: isWrite
      ? { readOnlyHint: false, destructiveHint: isDestructive(coordinates) }
      : { readOnlyHint: true },
  } as Tool;
  return { operation, isWrite, scopes: scopesOf(coordinates), shown };
}

/** The tools of those `names` that the operations have; `onUnknown` gets the others. */
export function toTools(
  operations: ManifestOperations,
  {
    names,
    schema,
    onUnknown,
  }: { names: readonly string[]; schema: GraphQLSchema; onUnknown: (names: string[]) => void },
): Tools {
  const unknown = names.filter((name) => !operations.find(name));
  if (unknown.length > 0) onUnknown(unknown);
  const tools = new Map<unknown, OperationTool>();
  for (const name of names) {
    const operation = operations.find(name);
    if (operation) tools.set(name, toTool(name, operation, schema));
  }
  const all = [...tools.values()];
  return { all, find: (name) => tools.get(name), scopes: [...new Set(all.flatMap(({ scopes }) => scopes))].sort() };
}
