import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { DIRECTIVES } from '../../schema/policies.js';
import type { ManifestOperation } from '../trusted-documents/manifest-operations.js';
import { described, type JsonSchema, type JsonSchemas, orNull } from './json-schemas.js';

/** One member of a result: its field, all that is selected of it, and whether it can be missing. */
interface Member {
  parentName: string;
  field: GraphQLField<unknown, unknown>;
  selections: Selections[];
  isOptional: boolean;
}

/** What is selected of a field in one place of the document. */
interface Selections {
  selectionSet: SelectionSetNode;
  /** Whether that place is left out on a condition. */
  isOptional: boolean;
}

const META_FIELDS: Readonly<Record<string, GraphQLField<unknown, unknown>>> = {
  __typename: TypeNameMetaFieldDef,
  __schema: SchemaMetaFieldDef,
  __type: TypeMetaFieldDef,
};

const SEMANTIC_NON_NULL = /@semanticNonNull(?:\(levels: \[([\d, ]+)\]\))?/;

/** Levels of a field at which a value is null beside an error only: the value itself (0), its items (1). `Query.customers` → `[0]` */
function nonNullLevelsOf(coordinate: string): readonly number[] {
  const [found, levels = '0'] = SEMANTIC_NON_NULL.exec(DIRECTIVES[coordinate] ?? '') ?? [];
  return found === undefined ? [] : levels.split(',').map(Number);
}

const isConditional = ({ directives = [] }: Pick<FieldNode, 'directives'>): boolean =>
  directives.some(({ name }) => name.value === 'skip' || name.value === 'include');

/** Describes the data of one operation. */
class ResultSchema {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
    private readonly schemas: JsonSchemas,
  ) {}

  ofObject(type: GraphQLNamedOutputType, selections: readonly Selections[]): JsonSchema {
    const members = new Map<string, Member>();
    for (const { selectionSet, isOptional } of selections) {
      // With one place there is either all of it or no object.
      this.collect(selectionSet, type, { isOptional: isOptional && selections.length > 1, members });
    }
    const required = [...members].filter(([, { isOptional }]) => !isOptional).map(([key]) => key);
    return {
      type: 'object',
      properties: Object.fromEntries([...members].map(([key, member]) => [key, this.ofMember(member)])),
      ...(required.length > 0 && { required }),
    };
  }

  private collect(
    { selections }: SelectionSetNode,
    parent: GraphQLNamedOutputType,
    into: { isOptional: boolean; members: Map<string, Member> },
  ): void {
    for (const node of selections) {
      const isOptional = into.isOptional || isConditional(node);
      if (node.kind === Kind.FIELD) {
        this.add(node, parent, { ...into, isOptional });
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.fragment(node.name.value);
      const condition = fragment?.typeCondition?.name.value ?? parent.name;
      const type = this.schema.getType(condition) as GraphQLNamedOutputType;
      const isOther = isAbstractType(parent) && condition !== parent.name;
      if (fragment) this.collect(fragment.selectionSet, type, { ...into, isOptional: isOptional || isOther });
    }
  }

  private add(
    { name, alias, selectionSet }: FieldNode,
    parent: GraphQLNamedOutputType,
    { isOptional, members }: { isOptional: boolean; members: Map<string, Member> },
  ): void {
    const field = META_FIELDS[name.value] ?? ('getFields' in parent ? parent.getFields()[name.value] : undefined);
    if (!field || !('args' in field)) return;
    const key = (alias ?? name).value;
    const known = members.get(key);
    members.set(key, {
      parentName: parent.name,
      field,
      selections: [...(known?.selections ?? []), ...(selectionSet ? [{ selectionSet, isOptional }] : [])],
      isOptional: isOptional && (known?.isOptional ?? true),
    });
  }

  private fragment(name: string) {
    return this.document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .find((definition) => definition.name.value === name);
  }

  private ofMember({ parentName, field, selections }: Member): JsonSchema {
    const levels = nonNullLevelsOf(`${parentName}.${field.name}`);
    return described(this.ofValue(field.type, selections, levels), field);
  }

  /** `nonNullLevels` are those of `@semanticNonNull`, counted from this type on: without errors, nothing there is null. */
  private ofValue(
    type: GraphQLOutputType,
    selections: readonly Selections[],
    nonNullLevels: readonly number[],
  ): JsonSchema {
    const nullable = isNonNullType(type) ? type.ofType : type;
    const schema = isListType(nullable)
      ? {
          type: 'array',
          items: this.ofValue(
            nullable.ofType as GraphQLOutputType,
            selections,
            nonNullLevels.map((level) => level - 1),
          ),
        }
      : this.ofItem(nullable, selections);
    return isNonNullType(type) || nonNullLevels.includes(0) ? schema : orNull(schema);
  }

  private ofItem(type: GraphQLNamedOutputType, selections: readonly Selections[]): JsonSchema {
    return isCompositeType(type) ? this.ofObject(type, selections) : this.schemas.ofNamed(type);
  }
}

/** The data of an operation of the manifest if there are no errors beside it. */
export function toResultSchema(
  { document, definition }: Pick<ManifestOperation, 'document' | 'definition'>,
  schema: GraphQLSchema,
  schemas: JsonSchemas,
): JsonSchema {
  const root = schema.getRootType(definition.operation);
  if (!root) throw new Error(`The schema has no ${definition.operation}.`);
  return new ResultSchema(schema, document, schemas).ofObject(root, [
    { selectionSet: definition.selectionSet, isOptional: false },
  ]);
}
