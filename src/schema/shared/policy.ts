/** What a caller may be allowed to do. */
export type Scope = 'customers:read' | 'customers:write' | 'webhooks:read' | 'webhooks:write' | 'secrets:read';

/** When an element of the schema was deprecated and, once that is decided, when it goes: days, from 00:00 UTC. */
export interface DeprecationDates {
  readonly since: string;
  readonly sunset?: string;
}

/** What holds for one element of the schema, beyond its type and description. */
export interface Policy {
  /** What a caller needs for it. A type's scope holds wherever one is returned; `authenticated` takes a known caller only. */
  readonly access?: Scope | 'authenticated';
  /** Input fields below its arguments that take a scope: a filter says what it matches. */
  readonly inputAccess?: readonly { readonly path: readonly string[]; readonly scope: Scope }[];
  /** What composers and routers have to know of it, as it stands in SDL. */
  readonly directives?: string;
  /** The first version of the upstream's API that has it (`x-since`). Without it, it is as old as what it is built from. */
  readonly firstVersion?: string;
  /** Why it is deprecated, and what to use, stands at the element itself. */
  readonly deprecated?: DeprecationDates;
  /** `operationId`s of what the upstream may be asked for the field itself. */
  readonly upstream?: readonly string[];
  /** Upstream requests that count for the field before it is executed; look-ups by key count nothing. */
  readonly requests?: number;
  /** Of a list with an item for each of its keys: the argument that holds them, or its path. */
  readonly keys?: string;
  /** Items that count for a list without a page size. */
  readonly assumedItems?: number;
}

/** A policy for each field of a class: the compiler names the fields that have none. */
export type FieldPolicies<T> = { readonly [F in keyof T]-?: Policy };

export interface TypePolicy extends Policy {
  readonly fields?: Readonly<Record<string, Policy>>;
}

/** Type → what holds for it and its fields. */
export type NounPolicy = Readonly<Record<string, TypePolicy>>;

/** Of a field that is read with its object and is for everyone who may read that. */
export const PLAIN: Policy = {};

/** What had no future with DRACOON was deprecated on the day that this schema was first described. */
export const FROM_THE_START: Policy = { deprecated: { since: '2026-11-23' } };

/** An upstream request weighs 10 objects. */
export const ONE_REQUEST = '@cost(weight: 10)';
/** The upstream has no look-up by UUID, and one by provider's id for a single one only: it takes a walk through its list. */
export const LIST_WALK = '@cost(weight: 40)';
export const PAGE =
  '@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)';
export const MANY = '@listSize(assumedSize: 100)';
export const ONE = '@listSize(assumedSize: 1)';
export const FEW = '@listSize(assumedSize: 10)';
/** Null only beside an error with the same path. */
export const NULL_BY_ERROR = '@semanticNonNull';
/** The same of the items of a list that is non-null itself. */
export const ITEMS_NULL_BY_ERROR = '@semanticNonNull(levels: [1])';
/** The tag leaves the schema's writes out of a contract, or lets nothing else in. */
export const WRITE = `@tag(name: "write") ${NULL_BY_ERROR}`;
/** As many requests as a list is assumed to have items. */
export const MANY_WRITES = `@cost(weight: 1000) ${WRITE}`;

/** Of what opens something: codes, passwords, signing secrets. */
export const SECRET: Policy = { directives: '@tag(name: "secret")' };

/** Of the connection and the edge of a noun. */
export const connectionPolicy = (noun: string): NounPolicy => ({
  [`${noun}Connection`]: { fields: { nodes: { directives: ITEMS_NULL_BY_ERROR } } },
  [`${noun}Edge`]: { fields: { node: { directives: NULL_BY_ERROR } } },
});
