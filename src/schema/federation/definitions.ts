/** The version of the federation specification that current composers all know. */
const SPECIFICATION = 'https://specs.apollo.dev/federation/v2.9';
const NULLABILITY = 'https://specs.apollo.dev/nullability/v0.4';
const SEMANTIC_NON_NULL = '@semanticNonNull';

/** Imported directive → its definition in the specification, so that any GraphQL tool can read the SDL by itself. */
export type Definitions = Readonly<Record<string, string>>;

export const DEFINITIONS: Definitions = {
  '@key':
    'directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE\n\nscalar federation__FieldSet',
  '@shareable': 'directive @shareable repeatable on OBJECT | FIELD_DEFINITION',
  '@tag':
    'directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA',
  '@cost':
    'directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR',
  '@listSize':
    'directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION',
  '@composeDirective': 'directive @composeDirective(name: String!) repeatable on SCHEMA',
};

export const ACCESS_DEFINITIONS: Definitions = {
  '@authenticated': 'directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM',
  '@requiresScopes':
    'directive @requiresScopes(scopes: [[federation__Scope!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM\n\nscalar federation__Scope',
};

const LINK = `directive @link(url: String!, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA

scalar link__Import

enum link__Purpose {
  SECURITY
  EXECUTION
}`;

/** For SDL that does not import the directive. */
export const NULLABILITY_DEFINITION = `directive ${SEMANTIC_NON_NULL}(levels: [Int!]! = [0]) on FIELD_DEFINITION`;

/**
 * The head of a subgraph's SDL: makes it one of Federation 2 and imports the directives by their own names. Composers drop
 * `@semanticNonNull` unless they are told to compose it. A whole `schema`, because relay-compiler does not read `extend schema`
 * without one.
 */
export function toLink(definitions: Definitions): string {
  const imports = Object.keys(definitions)
    .map((name) => `"${name}"`)
    .join(', ');
  return `schema
  @link(url: "${SPECIFICATION}", import: [${imports}])
  @link(url: "${NULLABILITY}", import: ["${SEMANTIC_NON_NULL}"])
  @composeDirective(name: "${SEMANTIC_NON_NULL}")
{
  query: Query
  mutation: Mutation
  subscription: Subscription
}`;
}

/** The definitions of everything that the head and the directives name. */
export function toDefinitionText(definitions: Definitions): string {
  return [...Object.values(definitions), NULLABILITY_DEFINITION, LINK].join('\n\n');
}
