import {
  getNullableType,
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import type { Token, TokenForm, TokenWish } from '../json/tokens.js';
import type { Blueprint } from './blueprint.js';
import { collectFields } from './collect-fields.js';
import { isProperty } from './is-property.js';
import { quote } from './quote.js';

/** Writes a value out of its token; undefined where the ordinary way has to say what it is. */
export interface TokenWriter {
  readonly form: TokenForm;
  readonly write: (token: Token) => string | undefined;
}

const QUOTE = 34;

/** For a leaf whose text in the answer is its token, of whichever of the forms. */
function formOf(type: GraphQLLeafType): 'string' | 'int32' | 'integer' | 'boolean' | undefined {
  if (type === GraphQLString || type.extensions['keeps'] === 'string') return 'string';
  if (type === GraphQLInt) return 'int32';
  if (type === GraphQLBoolean) return 'boolean';
  return type.extensions['keeps'] === 'number' ? 'integer' : undefined;
}

function enumWriter(type: GraphQLEnumType, ofNull: string | undefined): TokenWriter {
  const texts = new Map(type.getValues().map(({ name, value }) => [JSON.stringify(value), quote(name)]));
  return { form: 'enum', write: (token) => (token === undefined ? ofNull : texts.get(token)) };
}

function leafWriter(type: GraphQLLeafType, ofNull: string | undefined): TokenWriter | undefined {
  if (type instanceof GraphQLEnumType) return enumWriter(type, ofNull);
  if (type === GraphQLID) {
    const write = (token: string): string => (token.charCodeAt(0) === QUOTE ? token : `"${token}"`);
    return { form: 'id', write: (token) => (token === undefined ? ofNull : write(token)) };
  }
  const form = formOf(type);
  return form && { form, write: (token) => token ?? ofNull };
}

/** What is selected on an object, where its text is the same in the answer: every name, in the order of the answer. */
function toWishes(
  blueprint: Blueprint,
  type: GraphQLObjectType,
  fieldNodes: readonly FieldNode[],
  levels: number,
): TokenWish[] | undefined {
  const sets = fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const wishes: TokenWish[] = [];
  for (const [responseName, nodes] of collectFields(blueprint, type, sets)) {
    const field = type.getFields()[nodes[0].name.value];
    if (!field || !isProperty(field) || responseName !== field.name) return undefined;
    const form = toForm(blueprint, field.type, nodes, levels);
    if (form === undefined) return undefined;
    wishes.push({ name: field.name, form });
  }
  return wishes;
}

function toForm(
  blueprint: Blueprint,
  type: GraphQLOutputType,
  fieldNodes: readonly FieldNode[],
  levels: number,
): TokenForm | undefined {
  const nullableType = getNullableType(type);
  if (isLeafType(nullableType)) return formOf(nullableType);
  const isList = isListType(nullableType);
  const itemType = isList ? getNullableType(nullableType.ofType) : nullableType;
  if (levels === 0 || !isObjectType(itemType) || itemType.isTypeOf) return undefined;
  const properties = toWishes(blueprint, itemType, fieldNodes, levels - 1);
  return properties && { isList, properties };
}

/** Compiles the writing of a property's tokens for the field that the nodes stand for; undefined where they do not do. */
export function createTokenWriter(
  blueprint: Blueprint,
  type: GraphQLOutputType,
  fieldNodes: readonly FieldNode[],
  levels: number,
): TokenWriter | undefined {
  const ofNull = isNonNullType(type) ? undefined : 'null';
  const nullableType = getNullableType(type);
  if (isLeafType(nullableType)) return leafWriter(nullableType, ofNull);
  const form = toForm(blueprint, type, fieldNodes, levels);
  return form && { form, write: (token) => token ?? ofNull };
}
