import type { GeneratorValue } from 'fast-check';
import {
  isInputType,
  isNonNullType,
  parseType,
  parseValue,
  typeFromAST,
  valueFromASTUntyped,
  type GraphQLSchema,
} from 'graphql';
import { literalOf } from './literals.js';
import { oneIn, pick } from './pick.js';

const ODDITIES = [true, 1, 'x', null, 'A', [1], { a: 1 }, { a: 'x' }, 2 ** 40, '', 1.5, undefined] as const;

/** Values for the variables of an operation: most of them fit, some are odd, and what may be missing is at times. */
export function generateVariables(
  g: GeneratorValue,
  schema: GraphQLSchema,
  definitions: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, definition] of definitions) {
    // Of `Boolean = true`, the type.
    const [typeText = ''] = definition.split(' = ');
    const type = typeFromAST(schema, parseType(typeText));
    if (!isInputType(type)) throw new Error(`${typeText} is no input type`);
    if (oneIn(g, 25)) values[name] = pick<unknown>(g, ...ODDITIES);
    else if (isNonNullType(type) || !oneIn(g, 4)) values[name] = valueFromASTUntyped(parseValue(literalOf(g, type)));
  }
  return values;
}
