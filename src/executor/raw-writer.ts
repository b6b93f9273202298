import {
  type FieldNode,
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
  defaultFieldResolver,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Token, TokenForm, TokenReader, TokenWish } from '../records/raw-reader.js';
import type { Blueprint } from './blueprint.js';
import { type SelectedNodes, collectFields } from './collect-fields.js';
import { quote } from './text.js';
import type { FieldPlan } from './complete-value.js';

type Resolve = GraphQLFieldResolver<unknown, unknown>;

const PREFERS_PROPERTY = Symbol('prefers property');

/** Whether a field is a property of its object: it has no arguments, and no resolver of its own. */
export const isProperty = ({ args, resolve }: GraphQLField<unknown, unknown>): boolean =>
  args.length === 0 && (resolve ?? defaultFieldResolver) === defaultFieldResolver;

/**
 * Promises that a resolver returns the property of its field's name whenever its object has that. The promise is kept on the
 * function, so that a resolver which wraps this one makes none.
 */
export const preferProperty = (resolve: Resolve): Resolve => Object.assign(resolve, { [PREFERS_PROPERTY]: true });

const prefersProperty = ({ resolve }: GraphQLField<unknown, unknown>): boolean =>
  resolve !== undefined && PREFERS_PROPERTY in resolve;

/** What is known of the objects that resolvers give. */
export interface Records {
  /** Whether an object is one whose class has getters for its properties, which do nothing but read, and none of which it hides by one of its own. */
  isRecord(value: object): boolean;
  /** A reader for records of the class of `like`; undefined if not every wish can be met. */
  createTokenReader(like: object, wishes: readonly TokenWish[]): TokenReader | undefined;
}

export const NO_RECORDS: Records = { isRecord: () => false, createTokenReader: () => undefined };

/** Writes a value out of its token; undefined if the ordinary way has to say what it is. */
interface TokenWriter {
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

/** Compiles the writing of a property's tokens for the field that the nodes stand for; undefined if they do not do. */
function createTokenWriter(
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

/** A field that is a property of its object, and how it is written out of the object's text. */
export interface TokenLeaf {
  readonly name: string;
  readonly writer: TokenWriter;
}

/** Texts of an object's fields, each at its place in the plan; undefined for one that has to be executed. */
export type LeafTexts = readonly (string | undefined)[];

/**
 * Writes an object that is still text: the whole of it if every field can be copied, else the fields that can. Undefined if it is
 * no text. @throws nothing
 */
export type LeafReader = (source: unknown) => string | LeafTexts | undefined;

/** Objects inside of each other that are copied. More are not worth compiling before a value needs them. */
const MAX_LEVELS = 2;

export function toTokenLeaf(
  blueprint: Blueprint,
  field: GraphQLField<unknown, unknown>,
  fieldNodes: SelectedNodes,
): TokenLeaf | undefined {
  const { name, args } = field;
  const isPreferred = args.length === 0 && prefersProperty(field);
  if (!isProperty(field) && !isPreferred) return undefined;
  const writer = createTokenWriter(blueprint, field.type, fieldNodes, MAX_LEVELS);
  if (!writer || !isPreferred) return writer && { name, writer };
  const { form, write } = writer;
  // Only its resolver knows whether a property that is not there is null.
  return { name, writer: { form, write: (token) => (token === undefined ? undefined : write(token)) } };
}

/** One field that is copied, as it stands in a plan. */
interface LeafPart {
  key: string;
  field: number;
  write: TokenWriter['write'];
}

/** Undefined if one of the fields can't be copied. */
function writeWhole(tokens: readonly Token[], parts: readonly LeafPart[]): string | undefined {
  let text = '{';
  let at = 0;
  for (const { key, write } of parts) {
    const value = write(tokens[at++]);
    if (value === undefined) return undefined;
    text += key + value;
  }
  return `${text}}`;
}

/**
 * Reads the properties of objects out of their text together, so that it is not parsed for them. Undefined if that is not
 * worth it, as ids alone are read without.
 */
export function createLeafReader(records: Records, plan: readonly FieldPlan[]): LeafReader | undefined {
  const leaves = plan.flatMap(({ leaf }) => leaf ?? []);
  // One name under two keys might have two forms.
  const isUnambiguous = new Set(leaves.map(({ name }) => name)).size === leaves.length;
  if (!isUnambiguous || leaves.every(({ writer }) => writer.form === 'id')) return undefined;

  let prototype: unknown;
  let reader: TokenReader | undefined;
  let parts: readonly LeafPart[] = [];

  function learn(source: object): void {
    prototype = Object.getPrototypeOf(source);
    const wishOf = ({ name, writer: { form } }: TokenLeaf) => ({ name, form });
    const canRead = (leaf: TokenLeaf): boolean => records.createTokenReader(source, [wishOf(leaf)]) !== undefined;
    const readable = records.isRecord(source) ? leaves.filter(canRead) : [];
    reader = readable.length === 0 ? undefined : records.createTokenReader(source, readable.map(wishOf));
    parts = plan.flatMap(({ key, leaf }, field) =>
      leaf && readable.includes(leaf) ? [{ key, field, write: leaf.writer.write }] : [],
    );
  }

  return (source) => {
    if (typeof source !== 'object' || source === null) return undefined;
    if (Object.getPrototypeOf(source) !== prototype) learn(source);
    const tokens = reader?.read(source);
    if (!tokens) return undefined;
    const whole = parts.length === plan.length ? writeWhole(tokens, parts) : undefined;
    if (whole !== undefined) return whole;
    const texts = new Array<string | undefined>(plan.length);
    let at = 0;
    for (const { field, write } of parts) texts[field] = write(tokens[at++]);
    return texts;
  };
}
