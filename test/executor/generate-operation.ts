import fc, { type GeneratorValue } from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { literalOf } from './literals.js';
import { oneIn, pick } from './pick.js';

const MAX_DEPTH = 5;
const MAX_SELECTIONS = 60;

interface Draft {
  schema: GraphQLSchema;
  /** Name → definition, for each variable used. */
  variables: Map<string, string>;
  /** Name → type condition and text. Fragments are closed before others may spread them, so that none spreads itself. */
  fragments: Map<string, { on: GraphQLCompositeType; text: string }>;
  left: number;
}

const CONDITIONS = ['$yes', '$no', '$maybe', 'true', 'false'] as const;
const CONDITION_TYPES: Readonly<Record<string, string>> = {
  yes: 'Boolean!',
  no: 'Boolean! = false',
  maybe: 'Boolean = true',
};

function directives(g: GeneratorValue, draft: Draft): string {
  if (!oneIn(g, 8)) return '';
  const condition = pick(g, ...CONDITIONS);
  if (condition.startsWith('$')) {
    const name = condition.slice(1);
    draft.variables.set(name, CONDITION_TYPES[name] ?? 'Boolean!');
  }
  return ` @${pick(g, 'skip', 'include')}(if: ${condition})`;
}

function argumentText(g: GeneratorValue, draft: Draft, argument: GraphQLArgument): string {
  if (!oneIn(g, 3)) return `${argument.name}: ${literalOf(g, argument.type)}`;
  const name = `v${draft.variables.size}`;
  const fallback = oneIn(g, 4) ? ` = ${literalOf(g, argument.type)}` : '';
  draft.variables.set(name, `${String(argument.type)}${fallback}`);
  return `${argument.name}: $${name}`;
}

function call(g: GeneratorValue, draft: Draft, field: GraphQLField<unknown, unknown>): string {
  const given = field.args.filter((argument) => isNonNullType(argument.type) || oneIn(g, 4));
  if (given.length === 0) return field.name;
  return `${field.name}(${given.map((argument) => argumentText(g, draft, argument)).join(', ')})`;
}

function typesOverlapping(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
): readonly [GraphQLCompositeType, ...GraphQLCompositeType[]] {
  if (isAbstractType(type)) return [type, ...schema.getPossibleTypes(type)];
  return [type, ...type.getInterfaces()];
}

function field(g: GeneratorValue, draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const possible = depth > 0 ? fields : fields.filter((each) => !isCompositeType(getNamedType(each.type)));
  const [firstField, ...otherFields] = possible;
  if (!firstField || oneIn(g, 10)) return '__typename';
  const chosen = pick(g, firstField, ...otherFields);
  const text = call(g, draft, chosen);
  // Names are few, so that fields often meet under one; those with arguments stand alone, or they might not merge.
  const alias =
    text !== chosen.name
      ? `${type.name}_${chosen.name}_${draft.left}: `
      : pick(g, '', `${type.name}_${chosen.name}: `, `_${type.name}__${chosen.name}: `);
  const named = getNamedType(chosen.type);
  return `${alias}${text}${directives(g, draft)}${isCompositeType(named) ? ` ${selection(g, draft, named, depth - 1)}` : ''}`;
}

function fragment(g: GeneratorValue, draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const types = typesOverlapping(draft.schema, type);
  const known = [...draft.fragments].filter(([, { on }]) => types.includes(on));
  const [first, ...others] = known;
  if (first && g(fc.boolean)) {
    const [name] = pick(g, first, ...others);
    return `...${name}${directives(g, draft)}`;
  }
  const on = pick(g, ...types);
  const text = selection(g, draft, on, depth);
  if (g(fc.boolean)) return `... on ${on.name}${directives(g, draft)} ${text}`;
  const name = `F${draft.fragments.size}`;
  draft.fragments.set(name, { on, text });
  return `...${name}${directives(g, draft)}`;
}

function selection(g: GeneratorValue, draft: Draft, type: GraphQLCompositeType, depth: number): string {
  const count = g(fc.integer, { min: 1, max: 5 });
  const parts: string[] = [];
  for (let index = 0; index < count && (draft.left > 0 || index === 0); index += 1) {
    draft.left -= 1;
    const isFragment = depth > 0 && draft.left > 0 && oneIn(g, 5);
    parts.push(isFragment ? fragment(g, draft, type, depth - 1) : field(g, draft, type, draft.left > 0 ? depth : 0));
  }
  return `{ ${parts.join(' ')} }`;
}

const RULES = specifiedRules.filter(({ name }) => name !== 'NoUnusedFragmentsRule' && name !== 'NoUnusedVariablesRule');

export interface GeneratedOperation {
  text: string;
  document: DocumentNode;
  /** Variable names → their types, for making values. */
  variables: ReadonlyMap<string, string>;
}

/** A valid operation on a schema: aliases, merged fields, fragments in fragments, conditions, variables; undefined if it came out invalid. */
export function generateOperation(g: GeneratorValue, schema: GraphQLSchema): GeneratedOperation | undefined {
  const draft: Draft = { schema, variables: new Map(), fragments: new Map(), left: MAX_SELECTIONS };
  const mutation = schema.getMutationType();
  const isMutation = mutation && oneIn(g, 4);
  const root = isMutation ? mutation : schema.getQueryType();
  if (!root) throw new Error('the schema lacks a root type');
  const body = selection(g, draft, root, MAX_DEPTH);
  const definitions = [...draft.variables].map(([name, type]) => `$${name}: ${type}`).join(', ');
  const fragments = [...draft.fragments].map(([name, { on, text }]) => `fragment ${name} on ${on.name} ${text}`);
  const text = [
    `${isMutation ? 'mutation' : 'query'} O${definitions && `(${definitions})`} ${body}`,
    ...fragments,
  ].join('\n');
  const document = parse(text);
  const invalid = validate(schema, document, RULES);
  if (invalid.length > 0) return undefined;
  return { text, document, variables: draft.variables };
}
