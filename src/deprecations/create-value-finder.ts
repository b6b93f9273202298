import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  typeFromAST,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { DeprecatedElements } from './deprecated-element.js';

/** Adds what one value of the request uses. */
type Find = (value: unknown, found: Set<string>) => void;

/** Adds the coordinates of deprecated input fields and enum values in the variables of a request. */
export type FindInVariables = (variables: Readonly<Record<string, unknown>>, found: Set<string>) => void;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Names of the input types through which a value can come to use something deprecated. */
function concernedTypes(schema: GraphQLSchema, elements: DeprecatedElements): ReadonlySet<string> {
  const concerned = new Set([...elements.keys()].map((coordinate) => coordinate.slice(0, coordinate.indexOf('.'))));
  const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
  let known;
  do {
    known = concerned.size;
    for (const input of inputs) {
      const fields = Object.values(input.getFields());
      if (fields.some(({ type }) => concerned.has(getNamedType(type).name))) concerned.add(input.name);
    }
  } while (concerned.size > known);
  return concerned;
}

/**
 * Makes the finder of an operation; undefined if its variables cannot hold anything deprecated, whatever their values.
 * Then they are never looked at. What is found in values that do not fit their types is of no account.
 */
export function createValueFinder(
  schema: GraphQLSchema,
  elements: DeprecatedElements,
): (operation: OperationDefinitionNode) => FindInVariables | undefined {
  const concerned = concernedTypes(schema, elements);
  const finders = new Map<string, Find>();

  function finderOf(type: GraphQLNamedType | undefined): Find | undefined {
    if (!type || !concerned.has(type.name)) return undefined;
    const known = finders.get(type.name);
    if (known) return known;
    if (isEnumType(type)) return keep(type, (value, found) => note(`${type.name}.${String(value)}`, found));
    if (!isInputObjectType(type)) return undefined;
    const below: (readonly [name: string, coordinate: string, find: Find | undefined])[] = [];
    // Known before its fields are, as types may hold themselves.
    const find = keep(type, (value, found) => {
      if (!isObject(value)) return;
      for (const [name, coordinate, inside] of below) {
        if (!Object.hasOwn(value, name)) continue;
        note(coordinate, found);
        inside?.(value[name], found);
      }
    });
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const inside = finderOf(getNamedType(field.type));
      if (inside || elements.has(coordinate)) below.push([field.name, coordinate, inside]);
    }
    return find;
  }

  /** A list in place of a value holds several; and where a list is expected, one value may stand for it. */
  function keep({ name }: GraphQLNamedType, find: Find): Find {
    const finder: Find = (value, found) => {
      if (!Array.isArray(value)) find(value, found);
      else for (const item of value) finder(item, found);
    };
    finders.set(name, finder);
    return finder;
  }

  function note(coordinate: string, found: Set<string>): void {
    if (elements.has(coordinate)) found.add(coordinate);
  }

  return ({ variableDefinitions = [] }) => {
    const parts = variableDefinitions.flatMap(({ variable, type }) => {
      const inputType = typeFromAST(schema, type as never);
      const find = inputType && finderOf(getNamedType(inputType));
      return find ? [{ name: variable.name.value, find }] : [];
    });
    if (parts.length === 0) return undefined;
    return (variables, found) => {
      for (const { name, find } of parts) if (Object.hasOwn(variables, name)) find(variables[name], found);
    };
  };
}
