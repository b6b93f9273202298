import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import type { DeprecatedElements } from './deprecated-element.js';

/** Days such as 2026-11-23. */
export type Dates = Readonly<Record<string, { since: string; sunset?: string }>>;

interface Named {
  name: string;
  deprecationReason?: string | null | undefined;
}

type Found = readonly [coordinate: string, element: Named];

function coordinatesIn(type: ReturnType<GraphQLSchema['getType']>): Found[] {
  const below = (elements: readonly Named[]): Found[] =>
    elements.map((element) => [`${type?.name ?? ''}.${element.name}`, element]);
  if (isEnumType(type)) return below(type.getValues());
  if (isInputObjectType(type)) return below(Object.values(type.getFields()));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields());
  return [
    ...below(fields),
    ...fields.flatMap((field) =>
      field.args.map((argument): Found => [`${type.name}.${field.name}(${argument.name}:)`, argument]),
    ),
  ];
}

const toMs = (day: string | undefined): number | undefined => (day === undefined ? undefined : Date.parse(day));

/** What a schema deprecates, with its dates. */
export function listDeprecated(schema: GraphQLSchema, dates: Dates): DeprecatedElements {
  const found = Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap(coordinatesIn);
  return new Map(
    found.flatMap(([coordinate, { deprecationReason }]) => {
      if (deprecationReason == null) return [];
      const { since, sunset } = dates[coordinate] ?? {};
      const element = { coordinate, reason: deprecationReason, sinceMs: toMs(since), sunsetMs: toMs(sunset) };
      return [[coordinate, element]];
    }),
  );
}
