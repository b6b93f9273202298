import {
  BREAK,
  TypeInfo,
  ValidationContext,
  visit,
  type ASTNode,
  type ASTVisitor,
  type ASTVisitFn,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';

/** Where rules look. Names come to them with what is named, and descriptions are of no account. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  Document: ['definitions'],
  OperationDefinition: ['variableDefinitions', 'directives', 'selectionSet'],
  VariableDefinition: ['variable', 'type', 'defaultValue', 'directives'],
  SelectionSet: ['selections'],
  Field: ['arguments', 'directives', 'selectionSet'],
  Argument: ['value'],
  FragmentSpread: ['directives'],
  InlineFragment: ['typeCondition', 'directives', 'selectionSet'],
  FragmentDefinition: ['typeCondition', 'directives', 'selectionSet'],
  ListValue: ['values'],
  ObjectValue: ['fields'],
  ObjectField: ['value'],
  Directive: ['arguments'],
  ListType: ['type'],
  NonNullType: ['type'],
};

interface Step {
  /** Its place in the list of rules. */
  rule: number;
  visitor: ASTVisitor;
  run: ASTVisitFn<ASTNode>;
}

/** What the rules do where a node begins or ends, by its kind. */
type Steps = Map<string, Step[]>;

/** A visitor's own step for a kind goes in place of the one for any. */
const ANY = 'any';
const NONE: readonly Step[] = [];

function addStep(steps: Steps, kind: string, rule: number, visitor: ASTVisitor, run: unknown): void {
  if (typeof run !== 'function') return;
  const step: Step = { rule, visitor, run: run as ASTVisitFn<ASTNode> };
  const known = steps.get(kind);
  if (known) known.push(step);
  else steps.set(kind, [step]);
}

function stepsOf(visitors: readonly ASTVisitor[]): { enters: Steps; leaves: Steps } {
  const enters: Steps = new Map();
  const leaves: Steps = new Map();
  visitors.forEach((visitor, rule) => {
    for (const [key, own] of Object.entries(visitor) as [string, unknown][]) {
      if (key === 'enter') addStep(enters, ANY, rule, visitor, own);
      else if (key === 'leave') addStep(leaves, ANY, rule, visitor, own);
      else if (typeof own === 'function') addStep(enters, key, rule, visitor, own);
      else {
        const { enter, leave } = own as { enter?: unknown; leave?: unknown };
        addStep(enters, key, rule, visitor, enter);
        addStep(leaves, key, rule, visitor, leave);
      }
    }
  });
  return { enters, leaves };
}

/** Runs the visitors of rules over a document in one walk, as graphql-js does, without asking each about every kind there is. */
function walk(document: DocumentNode, visitors: readonly ASTVisitor[], types: TypeInfo): void {
  const { enters, leaves } = stepsOf(visitors);
  const [anyEnters, anyLeaves] = [enters.get(ANY) ?? NONE, leaves.get(ANY) ?? NONE];
  /** By rule, the node that it does not want to see the inside of, or that it wants to see no more at all. */
  const skipped: unknown[] = visitors.map(() => undefined);
  let skips = 0;

  const enter: ASTVisitFn<ASTNode> = (node, key, parent, path, ancestors) => {
    const runAll = (steps: readonly Step[], isForAny: boolean): void => {
      for (const { rule, visitor, run } of steps) {
        if (skipped[rule] !== undefined || (isForAny && node.kind in visitor)) continue;
        const result: unknown = run.call(visitor, node, key, parent, path, ancestors);
        if (result === BREAK) skipped[rule] = BREAK;
        if (result !== false) continue;
        skipped[rule] = node;
        skips += 1;
      }
    };
    types.enter(node);
    runAll(enters.get(node.kind) ?? NONE, false);
    runAll(anyEnters, true);
  };
  const leave: ASTVisitFn<ASTNode> = (node, key, parent, path, ancestors) => {
    const runAll = (steps: readonly Step[], isForAny: boolean): void => {
      for (const { rule, visitor, run } of steps) {
        if (skipped[rule] !== undefined || (isForAny && node.kind in visitor)) continue;
        if (run.call(visitor, node, key, parent, path, ancestors) === BREAK) skipped[rule] = BREAK;
      }
    };
    runAll(leaves.get(node.kind) ?? NONE, false);
    runAll(anyLeaves, true);
    for (let rule = 0; skips > 0 && rule < skipped.length; rule += 1) {
      if (skipped[rule] !== node) continue;
      skipped[rule] = undefined;
      skips -= 1;
    }
    types.leave(node);
  };
  visit(document, { enter, leave }, KEYS);
}

const INVALID = new Error('invalid');

/**
 * Says whether none of these rules finds anything wrong with a document, in less than half the time that graphql-js's
 * `validate` takes to say what is. Ends with the first thing that is wrong: what was refused is for `validate` to explain.
 */
export function createValidity(
  schema: GraphQLSchema,
  rules: readonly ValidationRule[],
): (document: DocumentNode) => boolean {
  return (document) => {
    const types = new TypeInfo(schema);
    const refuse = (): never => {
      throw INVALID;
    };
    const context = new ValidationContext(schema, document, types, refuse, true);
    try {
      walk(
        document,
        rules.map((rule) => rule(context)),
        types,
      );
      return true;
    } catch {
      return false;
    }
  };
}
