import { defaultFieldResolver, getNamedType, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import { INPUT_SCOPES, SCOPES } from '../policies.js';
import type { Scope } from '../shared/policy.js';
import type { RequestContext } from '../shared/request-context.js';
import { admitsField, requireScopes } from './require-scopes.js';

type Arguments = Readonly<Record<string, unknown>>;
type Field = GraphQLField<unknown, RequestContext, Arguments>;

/** What a field takes by itself and by the type it returns, each scope once. */
function fieldScopes(coordinate: string, field: Field): readonly Scope[] {
  const scopes = [SCOPES[coordinate], SCOPES[getNamedType(field.type).name]];
  return [...new Set(scopes.filter((scope) => scope !== undefined))];
}

const isGiven = (value: unknown, path: readonly string[]): boolean => {
  const end = path.reduce<unknown>(
    (parent, name) => (typeof parent === 'object' && parent !== null ? Reflect.get(parent, name) : undefined),
    value,
  );
  return end != null;
};

function guard(field: Field, coordinate: string): void {
  const always = fieldScopes(coordinate, field);
  const byInput = INPUT_SCOPES[coordinate] ?? [];
  if (always.length === 0 && byInput.length === 0) return;
  const { subscribe } = field;
  if (subscribe) {
    field.subscribe = (source, args, context, info) => {
      requireScopes(context.scopes, always);
      return subscribe(source, args, context, info);
    };
  }
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    const extra = byInput.filter(({ path }) => isGiven(args, path)).map(({ scope }) => scope);
    const needed = extra.length > 0 ? [...always, ...extra] : always;
    return admitsField(context, info, needed) ? resolve(source, args, context, info) : null;
  };
}

/**
 * Makes a schema hold its callers to the scopes of the tables: a field that takes one is an error before its resolver
 * runs, once for each field of the document. Fields without a scope stay the functions they were; `_entities` looks for
 * itself, by the type of each representation.
 */
export function enforceScopes(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values<Field>(type.getFields())) guard(field, `${type.name}.${field.name}`);
  }
}
