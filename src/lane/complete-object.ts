import {
  defaultTypeResolver,
  GraphQLError,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { Blueprint } from './blueprint.js';
import type { Completer } from './completer.js';
import { isPromise, type Completed } from './completed.js';
import { executeFields, type FieldPlan } from './execute-fields.js';
import { createLeafReader, type LeafReader } from './token-leaves.js';
import { toObjectType } from './to-object-type.js';

/** Completes objects of one type by what is selected below the field nodes. */
export function createObjectCompleter(
  blueprint: Blueprint,
  type: GraphQLObjectType,
  fieldNodes: readonly FieldNode[],
): Completer {
  let plan: readonly FieldPlan[] | undefined;
  let readLeaves: LeafReader | undefined;
  const execute: Completer = (run, value, path) => {
    // Not before it is needed: fragments that each spread the next one twice would grow a plan beyond all bounds.
    if (!plan) {
      plan = blueprint.planBelow(type, fieldNodes);
      readLeaves = createLeafReader(blueprint.records, plan);
    }
    return executeFields(run, plan, value, path, readLeaves?.(value));
  };
  if (!type.isTypeOf) return execute;

  const executeIf = (isOfType: unknown, ...of: Parameters<Completer>): Completed => {
    if (isOfType) return execute(...of);
    throw new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(of[1])}.`, { nodes: fieldNodes });
  };
  return (run, value, path, info) => {
    const isOfType: unknown = type.isTypeOf?.(value, run.contextValue, info);
    return isPromise(isOfType)
      ? isOfType.then((resolved) => executeIf(resolved, run, value, path, info))
      : executeIf(isOfType, run, value, path, info);
  };
}

/** Completes objects of a union or an interface, each by what is compiled for the type it turns out to be of. */
export function createAbstractCompleter(
  { schema }: Blueprint,
  type: GraphQLAbstractType,
  fieldNodes: readonly FieldNode[],
  compile: (type: GraphQLObjectType) => Completer,
): Completer {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const completers = new Map<GraphQLObjectType, Completer>();
  const completeAs = (name: unknown, ...of: Parameters<Completer>): Completed => {
    const [, value, , info] = of;
    const objectType = toObjectType(name, { schema, type, fieldNodes, value, info });
    const known = completers.get(objectType);
    if (known) return known(...of);
    const completer = compile(objectType);
    completers.set(objectType, completer);
    return completer(...of);
  };
  return (run, value, path, info) => {
    const name: unknown = resolveType(value, run.contextValue, info, type);
    return isPromise(name)
      ? name.then((resolved) => completeAs(resolved, run, value, path, info))
      : completeAs(name, run, value, path, info);
  };
}
