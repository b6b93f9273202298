import {
  defaultFieldResolver,
  getNullableType,
  isLeafType,
  isNonNullType,
  type GraphQLLeafType,
  type GraphQLResolveInfo,
  type ResponsePath,
} from 'graphql';
import type { Blueprint } from './blueprint.js';
import { isPromise, isText, type Completed } from './completed.js';
import { compileValue } from './complete-value.js';
import type { FieldPlan } from './execute-fields.js';
import { fail } from './fail.js';
import { createArgumentReader } from './field-arguments.js';
import { createLeafWriter } from './leaf-writer.js';
import { isProperty } from './is-property.js';
import type { Run } from './run.js';
import { toInfo, toPath, type SelectedField } from './selected-field.js';

type Execute = FieldPlan['execute'];
/** Resolves, completes, and handles what fails (GraphQL specification, ExecuteField). */
type ExecuteBy = (run: Run, path: ResponsePath, resolve: (info: GraphQLResolveInfo) => unknown) => Completed;

/** Compiles one field: how its value is come by, completed, and what becomes of its errors. */
export function planField(blueprint: Blueprint, selected: SelectedField): Execute {
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
  const readArguments = createArgumentReader(selected.field, selected.fieldNodes[0]);
  return (run, source, parent) =>
    executeBy(run, toPath(selected, parent), (info) =>
      resolve(source, readArguments(run.variableValues), run.contextValue, info),
    );
}

type Source = Readonly<Record<string, unknown>>;

const isRecord = (source: unknown): source is Source =>
  (typeof source === 'object' && source !== null) || typeof source === 'function';

const isPresentPrimitive = (value: unknown): boolean =>
  value != null && typeof value !== 'object' && typeof value !== 'function';

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
      if (isPresentPrimitive(value)) return write(value);
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
