import { GraphQLScalarType, Kind, type ObjectValueNode, type ValueNode } from 'graphql';

type Variables = Readonly<Record<string, unknown>> | null | undefined;

/** A number where it is one exactly, else the decimal text, as in a request body. */
function toExactInteger(decimal: string): number | string {
  const number = Number(decimal);
  return Number.isSafeInteger(number) ? number : decimal;
}

function toRecord({ fields }: ObjectValueNode, variables: Variables): unknown {
  return Object.fromEntries(fields.map(({ name, value }) => [name.value, toValue(value, variables)]));
}

function toValue(node: ValueNode, variables: Variables): unknown {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
      return toExactInteger(node.value);
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map((value) => toValue(value, variables));
    case Kind.OBJECT:
      return toRecord(node, variables);
    case Kind.VARIABLE:
      return variables?.[node.name.value];
    default:
      return node.value;
  }
}

/**
 * Federation's representation of an entity (subgraph specification, `scalar _Any`). Takes every value: a representation
 * that is none is refused in its own place, where a scalar that refuses would fail its siblings too.
 */
export const Any = new GraphQLScalarType<unknown, unknown>({
  name: '_Any',
  description: 'Stands for one entity: an object of its __typename and the fields of one of its keys.',
  parseValue: (value) => value,
  parseLiteral: toValue,
});
