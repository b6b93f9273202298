import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  type ResponsePath,
  getOperationAST,
  visit,
} from 'graphql';
import type { Written } from './text.js';
import type { Blueprint, Run } from './blueprint.js';
import { type FieldPlan, executeFields, executeFieldsSerially } from './complete-value.js';
import { planSelection } from './plan-field.js';
import { NO_RECORDS, type Records } from './raw-writer.js';
import { MAX_VARIABLE_ERRORS, createVariableReader } from './input-values.js';

/** The errors of one execution, without those below a position that an earlier error has made null already. */
export class CollectedErrors {
  /** The first ones, at most as many as are kept. */
  readonly kept: GraphQLError[] = [];
  /** Of all, kept or not. */
  count = 0;
  readonly #nulled = new Set<ResponsePath | undefined>();

  constructor(private readonly maximum: number) {}

  /** Whether no further error is kept. */
  get isFull(): boolean {
    return this.kept.length >= this.maximum;
  }

  /**
   * Counts an error that makes `path` null, and keeps it unless the collection is full; undefined stands for the whole of
   * `data`. Paths are distinguished by identity.
   */
  add(path: ResponsePath | undefined, toError: () => GraphQLError): void {
    if (this.#isNulled(path)) return;
    this.#nulled.add(path);
    this.count += 1;
    if (!this.isFull) this.kept.push(toError());
  }

  #isNulled(path: ResponsePath | undefined): boolean {
    if (this.#nulled.size === 0) return false;
    for (let at = path; at !== undefined; at = at.prev) if (this.#nulled.has(at)) return true;
    return this.#nulled.has(undefined);
  }
}

type Values = Readonly<Record<string, unknown>>;

/** Keeps what is compiled of one operation, one variant for each outcome of its conditions. May forget any of them. */
export interface VariantStore<T> {
  get(outcome: string): T | undefined;
  /** Keeps a variant of so many bytes; the same one again if it has grown. */
  set(outcome: string, variant: T, bytes: number): unknown;
}

const codeOf = (values: Values, name: string): string => (Object.hasOwn(values, name) ? String(values[name]) : '-');

/**
 * Makes a variant for each outcome of the conditions when it is first needed. `create` is handed the values of the condition
 * variables alone, because nothing else may decide what a variant looks like, and says what it compiles, then or later.
 */
export function createVariants<T>(
  conditions: ReadonlySet<string>,
  store: VariantStore<T>,
  create: (decided: Values, onCompiled: (bytes: number) => void) => T,
): (values: Values) => T {
  const names = [...conditions];

  function make(outcome: string, values: Values): T {
    const given = names.filter((name) => Object.hasOwn(values, name));
    let bytes = 0;
    let keep = (): void => undefined;
    const variant = create(Object.fromEntries(given.map((name) => [name, values[name]])), (more) => {
      bytes += more;
      keep();
    });
    keep = () => void store.set(outcome, variant, bytes);
    keep();
    return variant;
  }

  return (values) => {
    const outcome = names.map((name) => codeOf(values, name)).join();
    return store.get(outcome) ?? make(outcome, values);
  };
}

const CONDITIONS: ReadonlySet<string> = new Set(['skip', 'include']);
const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);

/**
 * The variables that `@skip` and `@include` read anywhere in a document; undefined if the document holds what is not
 * compiled: introspection of the schema, or other directives in its operations.
 */
function findConditions(document: DocumentNode): ReadonlySet<string> | undefined {
  const variables = new Set<string>();
  const unusual = new Set<string>();
  visit(document, {
    Field({ name }) {
      if (INTROSPECTION.has(name.value)) unusual.add(name.value);
    },
    Directive({ name, arguments: given = [] }) {
      if (!CONDITIONS.has(name.value)) unusual.add(name.value);
      for (const { value } of given) if (value.kind === Kind.VARIABLE) variables.add(value.name.value);
    },
  });
  return unusual.size === 0 ? variables : undefined;
}

interface OperationInput {
  readonly contextValue: unknown;
  /** As the request gave them, not yet coerced. */
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined;
  /** Errors that are kept; all are if it is left out. */
  readonly maxErrors?: number;
  /** Errors of variables that are looked for; as many as in graphql-js if it is left out. */
  readonly maxVariableErrors?: number;
}

export interface OperationOutput {
  /** JSON of `data`, one character for each byte of its UTF-8 (`byte-text.ts`); undefined if the variables do not fit, so that nothing was executed. */
  readonly data: Written | undefined;
  /** As graphql-js makes them: located and unformatted, in the order in which they came about. */
  readonly errors: readonly GraphQLError[];
  /** Of all errors that came about, also those past `maxErrors`. */
  readonly errorCount: number;
}

/** An operation made ready to be executed many times. */
export interface CompiledOperation {
  /** Answers at once where nothing has to be awaited. Neither throws nor rejects for what resolvers and scalars do. */
  execute(input: OperationInput): OperationOutput | Promise<OperationOutput>;
}

/** The plans of an operation's root fields, by the values of the variables that its conditions read. */
function createPlans(
  parts: Pick<Blueprint, 'schema' | 'operation' | 'fragments' | 'records'>,
  rootType: GraphQLObjectType,
  conditions: ReadonlySet<string>,
  variants: VariantStore<readonly FieldPlan[]>,
): (values: Values) => readonly FieldPlan[] {
  return createVariants(conditions, variants, (decided, onCompiled) => {
    const blueprint: Blueprint = {
      ...parts,
      conditions: decided,
      onCompiled,
      planBelow: (type, fieldNodes) =>
        planSelection(
          blueprint,
          type,
          fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []),
        ),
    };
    return planSelection(blueprint, rootType, [parts.operation.selectionSet]);
  });
}

/** Executes a run. An error that no position below could take makes the whole of `data` null. */
function toOutput(
  run: Run,
  executeRoot: (run: Run) => Written | Promise<Written>,
): OperationOutput | Promise<OperationOutput> {
  const succeed = (data: Written) => ({ data, errors: run.errors.kept, errorCount: run.errors.count });
  const fail = (error: unknown) => {
    run.errors.add(undefined, () => error as GraphQLError);
    return succeed('null');
  };
  try {
    const data = executeRoot(run);
    return data instanceof Promise ? data.then(succeed, fail) : succeed(data);
  } catch (error) {
    return fail(error);
  }
}

/**
 * Compiles one operation of a document that is valid for the schema; undefined if it has to go another way:
 * subscriptions, introspection of the schema, directives other than `@skip` and `@include`. What it answers is what
 * graphql-js 16 answers, to the byte.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName?: string | null,
  records: Records = NO_RECORDS,
  variants: VariantStore<readonly FieldPlan[]> = new Map(),
): CompiledOperation | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
  const rootType = schema.getRootType(operation.operation);
  const conditions = findConditions(document);
  if (!rootType || !conditions) return undefined;

  const readVariables = createVariableReader(schema, operation);
  const planFor = createPlans(
    { schema, operation, fragments: fragmentsOf(document), records },
    rootType,
    conditions,
    variants,
  );
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const executeRoot = (run: Run): Written | Promise<Written> => {
    const fields = planFor(run.variableValues);
    return isMutation ? executeFieldsSerially(run, fields) : executeFields(run, fields, undefined, undefined);
  };

  return {
    execute({ contextValue, variableValues, maxErrors = Infinity, maxVariableErrors = MAX_VARIABLE_ERRORS }) {
      const { coerced, errors } = readVariables?.(variableValues ?? {}, maxVariableErrors) ?? { coerced: {} };
      if (errors) return { data: undefined, errors, errorCount: errors.length };
      return toOutput({ contextValue, variableValues: coerced, errors: new CollectedErrors(maxErrors) }, executeRoot);
    },
  };
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}
