import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  typeFromAST,
  type GraphQLInputObjectType,
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

/** The finders of the input types of a schema, each made when it is first needed. */
class Finders {
  private readonly concerned: ReadonlySet<string>;
  private readonly finders = new Map<string, Find>();

  constructor(
    schema: GraphQLSchema,
    private readonly elements: DeprecatedElements,
  ) {
    this.concerned = concernedTypes(schema, elements);
  }

  /** Undefined if no value of the type can use anything deprecated. */
  of(type: GraphQLNamedType | undefined): Find | undefined {
    if (!type || !this.concerned.has(type.name)) return undefined;
    const known = this.finders.get(type.name);
    if (known) return known;
    if (isEnumType(type)) return this.keep(type, (value, found) => this.note(`${type.name}.${String(value)}`, found));
    return isInputObjectType(type) ? this.ofObject(type) : undefined;
  }

  private ofObject(type: GraphQLInputObjectType): Find {
    const below: (readonly [name: string, coordinate: string, find: Find | undefined])[] = [];
    // Known before its fields are, as types may hold themselves.
    const find = this.keep(type, (value, found) => {
      if (!isObject(value)) return;
      for (const [name, coordinate, inside] of below) {
        if (!Object.hasOwn(value, name)) continue;
        this.note(coordinate, found);
        inside?.(value[name], found);
      }
    });
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const inside = this.of(getNamedType(field.type));
      if (inside || this.elements.has(coordinate)) below.push([field.name, coordinate, inside]);
    }
    return find;
  }

  /** A list in place of a value holds several; and where a list is expected, one value may stand for it. */
  private keep({ name }: GraphQLNamedType, find: Find): Find {
    const finder: Find = (value, found) => {
      if (!Array.isArray(value)) find(value, found);
      else for (const item of value) finder(item, found);
    };
    this.finders.set(name, finder);
    return finder;
  }

  private note(coordinate: string, found: Set<string>): void {
    if (this.elements.has(coordinate)) found.add(coordinate);
  }
}

/**
 * Makes the finder of an operation; undefined if its variables cannot hold anything deprecated, whatever their values.
 * Then they are never looked at. What is found in values that do not fit their types is of no account.
 */
export function createValueFinder(
  schema: GraphQLSchema,
  elements: DeprecatedElements,
): (operation: OperationDefinitionNode) => FindInVariables | undefined {
  const finders = new Finders(schema, elements);
  return ({ variableDefinitions = [] }) => {
    const parts = variableDefinitions.flatMap(({ variable, type }) => {
      const inputType = typeFromAST(schema, type as never);
      const find = inputType && finders.of(getNamedType(inputType));
      return find ? [{ name: variable.name.value, find }] : [];
    });
    if (parts.length === 0) return undefined;
    return (variables, found) => {
      for (const { name, find } of parts) if (Object.hasOwn(variables, name)) find(variables[name], found);
    };
  };
}
