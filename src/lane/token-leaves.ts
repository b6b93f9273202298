import { getNullableType, isLeafType, type GraphQLField } from 'graphql';
import type { TokenReader } from '../json/tokens.js';
import type { Blueprint } from './blueprint.js';
import type { SelectedNodes } from './collect-fields.js';
import type { FieldPlan } from './execute-fields.js';
import { isProperty } from './is-property.js';
import type { Records } from './records.js';
import { createTokenWriter, type TokenWriter } from './token-writer.js';

/** A leaf that is a property of its object, and how it is written out of the object's text. */
export interface TokenLeaf {
  readonly name: string;
  readonly writer: TokenWriter;
}

/** Texts of an object's fields, each at its place in the plan; undefined for one that has to be executed. */
export type LeafTexts = readonly (string | undefined)[];

/** Writes the leaves of an object that is still text; undefined where it is not. @throws nothing */
export type LeafReader = (source: unknown) => LeafTexts | undefined;

export function toTokenLeaf(
  blueprint: Blueprint,
  field: GraphQLField<unknown, unknown>,
  fieldNodes: SelectedNodes,
): TokenLeaf | undefined {
  if (!isProperty(field) || !isLeafType(getNullableType(field.type))) return undefined;
  const writer = createTokenWriter(blueprint, field.type, fieldNodes, 0);
  return writer && { name: field.name, writer };
}

/**
 * For objects that resolvers have a part in, which can't be written in one go: their leaves come out of their text
 * together, so that it is not parsed for them. Undefined where that is not worth it, as ids alone are read without.
 */
export function createLeafReader(records: Records, plan: readonly FieldPlan[]): LeafReader | undefined {
  const leaves = plan.flatMap(({ leaf }) => leaf ?? []);
  const wishes = leaves.map(({ name, writer }) => ({ name, form: writer.form }));
  // One name under two keys might have two forms.
  const isUnambiguous = new Set(wishes.map(({ name }) => name)).size === wishes.length;
  if (!isUnambiguous || wishes.every(({ form }) => form === 'id')) return undefined;

  let next = 0;
  const parts = plan.map(({ leaf }) => leaf && { at: next++, write: leaf.writer.write });
  let prototype: unknown;
  let reader: TokenReader | undefined;

  return (source) => {
    if (typeof source !== 'object' || source === null) return undefined;
    if (Object.getPrototypeOf(source) !== prototype) {
      prototype = Object.getPrototypeOf(source);
      reader = records.isRecord(source) ? records.createTokenReader(source, wishes) : undefined;
    }
    const tokens = reader?.read(source);
    const places = reader?.places;
    return tokens && places && parts.map((part) => part?.write(tokens[places[part.at] ?? 0]));
  };
}
