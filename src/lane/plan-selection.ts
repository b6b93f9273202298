import { TypeNameMetaFieldDef, type GraphQLObjectType, type SelectionSetNode } from 'graphql';
import type { Blueprint } from './blueprint.js';
import { collectFields } from './collect-fields.js';
import type { FieldPlan } from './execute-fields.js';
import { planField } from './plan-field.js';
import { toTokenLeaf } from './token-leaves.js';

/** Compiles what selection sets select together on an object type, in the order of the answer. */
export function planSelection(
  blueprint: Blueprint,
  parentType: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): readonly FieldPlan[] {
  const plans: FieldPlan[] = [];
  for (const [responseName, fieldNodes] of collectFields(blueprint, parentType, sets)) {
    const key = `${plans.length > 0 ? ',' : ''}${JSON.stringify(responseName)}:`;
    const name = fieldNodes[0].name.value;
    const field = parentType.getFields()[name];
    if (name === TypeNameMetaFieldDef.name) {
      const text = JSON.stringify(parentType.name);
      plans.push({ key, execute: () => text, leaf: undefined });
    } else if (field) {
      const execute = planField(blueprint, { parentType, field, responseName, fieldNodes });
      plans.push({ key, execute, leaf: toTokenLeaf(blueprint, field, fieldNodes) });
    }
  }
  return plans;
}
