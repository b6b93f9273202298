import {
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  TypeNameMetaFieldDef,
  type FieldNode,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { PIECE_LENGTH } from '../json/piece-length.js';
import type { Blueprint } from './blueprint.js';
import { collectFields } from './collect-fields.js';
import { flatten } from './flatten.js';
import { createLeafWriter } from './leaf-writer.js';
import { concat, LongText, type Written } from './long-text.js';
import { isProperty } from './is-property.js';
import { createRecordWriter, type RecordField, type RecordProperty } from './record-writer.js';
import { createTokenWriter } from './token-writer.js';

/**
 * Writes a value, null included, in one go, without paths, errors and promises. Gives undefined, or throws, where anything
 * is unusual: then the ordinary way has to execute it from the start, which says what is wrong and where.
 */
export type PlainWriter = (value: unknown) => string | undefined;

/** Objects inside of each other that are written in one go. More are not worth compiling before a value needs them. */
const MAX_LEVELS = 3;

/** As a plain writer, of a value that is not null and is inside of no other that is written by one. */
export type OutermostWriter = (value: unknown) => Written | undefined;

/** Compiles the writing of a type's values for the field that the nodes stand for; undefined where it takes more than to read properties. */
export function createOutermostWriter(
  blueprint: Blueprint,
  type: GraphQLOutputType,
  fieldNodes: readonly FieldNode[],
): OutermostWriter | undefined {
  if (!isListType(type)) return createPlainWriter(blueprint, type, fieldNodes, MAX_LEVELS);
  const writeItem = createPlainWriter(blueprint, type.ofType, fieldNodes, MAX_LEVELS);
  return writeItem && createLongListWriter(writeItem);
}

function createPlainWriter(
  blueprint: Blueprint,
  type: GraphQLOutputType,
  fieldNodes: readonly FieldNode[],
  levels: number,
): PlainWriter | undefined {
  const ofNull = isNonNullType(type) ? undefined : 'null';
  const nullableType = getNullableType(type);
  if (isLeafType(nullableType)) return createPlainLeafWriter(nullableType, ofNull);
  if (isListType(nullableType)) {
    const writeItem = createPlainWriter(blueprint, nullableType.ofType, fieldNodes, levels);
    return writeItem && createPlainListWriter(writeItem, ofNull);
  }
  if (!isObjectType(nullableType) || nullableType.isTypeOf || levels === 0) return undefined;
  const fields = toRecordFields(blueprint, nullableType, fieldNodes, levels - 1);
  return fields && createRecordWriter(blueprint.records, fields, ofNull);
}

function createPlainLeafWriter(type: GraphQLLeafType, ofNull: string | undefined): PlainWriter {
  const write = createLeafWriter(type);
  return (value) => {
    if (value == null) return ofNull;
    return typeof value === 'object' || typeof value === 'function' ? undefined : write(value);
  };
}

function createPlainListWriter(writeItem: PlainWriter, ofNull: string | undefined): PlainWriter {
  return (value) => {
    if (value == null) return ofNull;
    if (!Array.isArray(value)) return undefined;
    let text = '[';
    for (let index = 0; index < value.length; index += 1) {
      const item = writeItem(value[index]);
      if (item === undefined) return undefined;
      text += index > 0 ? `,${item}` : item;
    }
    return `${text}]`;
  };
}

/** As the writer of a list inside of an item, whose text is put together with that of the item, for any number of items. */
function createLongListWriter(writeItem: PlainWriter): OutermostWriter {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    let text = '[';
    let long: LongText | undefined;
    for (let index = 0; index < value.length; index += 1) {
      const item = writeItem(value[index]);
      if (item === undefined) return undefined;
      text += flatten(index > 0 ? `,${item}` : item);
      if (text.length < PIECE_LENGTH) continue;
      long = (long ?? new LongText()).add(text);
      text = '';
    }
    return concat(long ?? '', `${text}]`);
  };
}

/** Undefined where one of the fields is more than a property of its object. */
function toRecordFields(
  blueprint: Blueprint,
  type: GraphQLObjectType,
  fieldNodes: readonly FieldNode[],
  levels: number,
): RecordField[] | undefined {
  const sets = fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const fields: RecordField[] = [];
  for (const [responseName, nodes] of collectFields(blueprint, type, sets)) {
    const key = `${fields.length > 0 ? ',' : ''}${JSON.stringify(responseName)}:`;
    const name = nodes[0].name.value;
    if (name === TypeNameMetaFieldDef.name) {
      const text = JSON.stringify(type.name);
      fields.push({ key, property: undefined, write: () => text, tokens: undefined });
      continue;
    }
    const field = type.getFields()[name];
    const property = field && toProperty(field);
    if (!property) return undefined;
    const write = createPlainWriter(blueprint, field.type, nodes, levels);
    if (!write) return undefined;
    fields.push({ key, property, write, tokens: createTokenWriter(blueprint, field.type, nodes, levels) });
  }
  return fields;
}

/**
 * The property that gives a field's value; undefined where a resolver does. A resolver whose field has the extension
 * `prefersProperty` gives the property itself wherever that is known.
 */
function toProperty(field: GraphQLField<unknown, unknown>): RecordProperty | undefined {
  const { name, args, extensions } = field;
  if (isProperty(field)) return { name, mayBeUnknown: false };
  return args.length === 0 && extensions['prefersProperty'] === true ? { name, mayBeUnknown: true } : undefined;
}
