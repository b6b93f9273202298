import {
  getOperationAST,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import type { Blueprint } from './blueprint.js';
import { CollectedErrors } from './collected-errors.js';
import type { CompiledOperation } from './compiled-operation.js';
import { executeFields, executeFieldsSerially } from './execute-fields.js';
import { findConditions } from './find-conditions.js';
import type { Written } from './long-text.js';
import { planSelection } from './plan-selection.js';
import { NO_RECORDS, type Records } from './records.js';
import type { Run } from './run.js';
import { createVariableReader } from './variable-values.js';
import { createVariants } from './variants.js';

/**
 * Compiles one operation of a document that is valid for the schema; undefined where it has to go another way:
 * subscriptions, introspection of the schema, directives other than `@skip` and `@include`. What it answers is what
 * graphql-js 16 answers, to the byte.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName?: string | null,
  records: Records = NO_RECORDS,
): CompiledOperation | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
  const rootType = schema.getRootType(operation.operation);
  const conditions = findConditions(document);
  if (!rootType || !conditions) return undefined;

  const readVariables = createVariableReader(schema, operation);
  const fragments = fragmentsOf(document);
  const planFor = createVariants(conditions, (decided) => {
    const blueprint: Blueprint = {
      schema,
      operation,
      fragments,
      conditions: decided,
      records,
      planBelow: (type, fieldNodes) =>
        planSelection(
          blueprint,
          type,
          fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []),
        ),
    };
    return planSelection(blueprint, rootType, [operation.selectionSet]);
  });

  const executeRoot = (run: Run): Written | Promise<Written> => {
    const fields = planFor(run.variableValues);
    return operation.operation === OperationTypeNode.MUTATION
      ? executeFieldsSerially(run, fields)
      : executeFields(run, fields, undefined, undefined);
  };

  return {
    execute({ contextValue, variableValues }) {
      const { coerced, errors } = readVariables(variableValues ?? {});
      if (errors) return { data: undefined, errors };
      const run: Run = { contextValue, variableValues: coerced, errors: new CollectedErrors() };
      const succeed = (data: Written) => ({ data, errors: run.errors.all });
      const fail = (error: unknown) => {
        run.errors.add(error as GraphQLError, undefined);
        return succeed('null');
      };
      try {
        const data = executeRoot(run);
        return data instanceof Promise ? data.then(succeed, fail) : succeed(data);
      } catch (error) {
        return fail(error);
      }
    },
  };
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}
