import {
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type ResponsePath,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
  defaultFieldResolver,
  getNullableType,
  isLeafType,
  isNonNullType,
} from 'graphql';
import type { Blueprint, Run } from './blueprint.js';
import { type SelectedNodes, collectFields } from './collect-fields.js';
import { type Completed, isPromise, isText } from './text.js';
import { type FieldPlan, compileValue, fail } from './complete-value.js';
import { compileArguments } from './input-values.js';
import { createLeafWriter } from './leaf-writer.js';
import { isProperty, toTokenLeaf } from './raw-writer.js';

/** A field of an object type, selected under one name in the answer by one field node or several. */
interface SelectedField {
  readonly parentType: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly responseName: string;
  readonly fieldNodes: SelectedNodes;
}

/** Where the field stands in the answer. */
function toPath({ responseName, parentType }: SelectedField, parent: ResponsePath | undefined): ResponsePath {
  return { prev: parent, key: responseName, typename: parentType.name };
}

/** What a resolver of the field is told about its place in the operation. */
function toInfo(
  { schema, fragments, operation }: Blueprint,
  { field, fieldNodes, parentType }: SelectedField,
  { variableValues }: Run,
  path: ResponsePath,
): GraphQLResolveInfo {
  const info: Partial<GraphQLResolveInfo> = {
    fieldName: field.name,
    fieldNodes,
    returnType: field.type,
    parentType,
    path,
    schema,
    fragments,
    rootValue: undefined,
    operation,
    variableValues,
  };
  // Development tools declare more on the type than graphql-js 16 has.
  return info as GraphQLResolveInfo;
}

type Execute = FieldPlan['execute'];
/** Resolves, completes, and handles what fails (GraphQL specification, ExecuteField). */
type ExecuteBy = (run: Run, path: ResponsePath, resolve: (info: GraphQLResolveInfo) => unknown) => Completed;

/** Compiles one field: how its value is come by, completed, and what becomes of its errors. */
function planField(blueprint: Blueprint, selected: SelectedField): Execute {
  const { field } = selected;
  const type = getNullableType(field.type);
  const executeBy = createExecuteBy(blueprint, selected);
  return isLeafType(type) && isProperty(field)
    ? planProperty(selected, type, executeBy)
    : planResolver(selected, executeBy);
}

function createExecuteBy(blueprint: Blueprint, selected: SelectedField): ExecuteBy {
  const { field, fieldNodes } = selected;
  const complete = compileValue(blueprint, field.type, fieldNodes);
  const position = { fieldNodes, isNullable: !isNonNullType(field.type) };
  return (run, path, resolve) => {
    try {
      const info = toInfo(blueprint, selected, run, path);
      const result = resolve(info);
      const completed = isPromise(result)
        ? (result.then((value) => complete(run, value, path, info)) as Completed)
        : complete(run, result, path, info);
      if (isText(completed)) return completed;
      return completed.then(undefined, (error: unknown) => fail(run, position, path, error));
    } catch (error) {
      return fail(run, position, path, error);
    }
  };
}

function planResolver(selected: SelectedField, executeBy: ExecuteBy): Execute {
  const resolve = selected.field.resolve ?? defaultFieldResolver;
  const args = compileArguments(selected.field, selected.fieldNodes[0]);
  return (run, source, parent) =>
    executeBy(run, toPath(selected, parent), (info) =>
      resolve(source, typeof args === 'function' ? args(run.variableValues) : args, run.contextValue, info),
    );
}

type Source = Readonly<Record<string, unknown>>;

const isRecord = (source: unknown): source is Source =>
  (typeof source === 'object' && source !== null) || typeof source === 'function';

/** A leaf that is a property of its object: no path, no info and no arguments are made unless something is unusual. */
function planProperty(selected: SelectedField, type: GraphQLLeafType, executeBy: ExecuteBy): Execute {
  const { field, fieldNodes } = selected;
  const { name } = field;
  const write = createLeafWriter(type);
  const position = { fieldNodes, isNullable: !isNonNullType(field.type) };
  return (run, source, parent) => {
    let value: unknown;
    try {
      value = isRecord(source) ? source[name] : undefined;
      if (value != null && typeof value !== 'object' && typeof value !== 'function') return write(value);
    } catch (error) {
      return fail(run, position, toPath(selected, parent), error);
    }
    if (value == null && position.isNullable) return null;
    return executeBy(run, toPath(selected, parent), (info) =>
      typeof value === 'function'
        ? (source as Record<string, typeof value>)[name]?.({}, run.contextValue, info)
        : value,
    );
  };
}

/** By what heaps were found to grow for one field, its key apart. */
const BYTES_PER_FIELD = 2_500;
/** The key is held as part of a longer one as well. */
const BYTES_PER_CHARACTER = 2;

/** About how much memory the compiled fields of one selection take. */
function compiledBytes(fields: readonly { readonly key: string }[]): number {
  return fields.reduce((sum, { key }) => sum + BYTES_PER_FIELD + key.length * BYTES_PER_CHARACTER, 0);
}

/** Compiles what selection sets select together on an object type, in the order of the answer. */
export function planSelection(
  blueprint: Blueprint,
  parentType: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): readonly FieldPlan[] {
  const plans: FieldPlan[] = [];
  for (const [responseName, fieldNodes] of collectFields(blueprint, parentType, sets)) {
    const key = `${plans.length > 0 ? ',' : ''}${JSON.stringify(responseName)}:`;
    const name = fieldNodes[0].name.value;
    const field = parentType.getFields()[name];
    if (name === TypeNameMetaFieldDef.name) {
      const text = JSON.stringify(parentType.name);
      plans.push({ key, execute: () => text, leaf: undefined });
    } else if (field) {
      const execute = planField(blueprint, { parentType, field, responseName, fieldNodes });
      plans.push({ key, execute, leaf: toTokenLeaf(blueprint, field, fieldNodes) });
    }
  }
  blueprint.onCompiled(compiledBytes(plans));
  return plans;
}
