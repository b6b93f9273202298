/** How a target names what the workloads ask for. */
export interface Dialect {
  /** Type of the variable that holds an id. */
  idType: string;
  /** A look-up of one customer by the id in a variable. */
  one(idVariable: string, fields: string): string;
  /** A list from `$offset` on; what goes into the braces is the list's own selection. */
  list(size: number, hasAttributes: boolean): string;
  /** Name of a list's items. */
  items: string;
  /** The users of a customer, up to their braces. */
  users(size: number): string;
  /** Whether `_entities` answers many representations at once. */
  hasEntities: boolean;
}

const contract: Dialect = {
  idType: 'ID!',
  one: (idVariable, fields) => `customer(id: $${idVariable}) { ${fields} }`,
  list: (size) => `customers(first: ${size}, offset: $offset)`,
  items: 'nodes',
  users: (size) => `users(first: ${size})`,
  hasEntities: false,
};

const restNames = {
  items: 'items',
  users: (size: number) => `users(limit: ${size})`,
  hasEntities: false,
};

const include = (hasAttributes: boolean): string => (hasAttributes ? ', include_attributes: true' : '');

/** `raw` is REST and has no documents. */
export type DialectName = 'gateway' | 'contract' | 'openapi' | 'tailcall' | 'raw';

export const DIALECTS: Readonly<Record<Exclude<DialectName, 'raw'>, Dialect>> = {
  gateway: { ...contract, hasEntities: true },
  contract,
  openapi: {
    ...restNames,
    idType: 'BigInt!',
    one: (idVariable, fields) => `requestCustomer(customer_id: $${idVariable}) { ${fields} }`,
    list: (size, hasAttributes) => `requestCustomers(limit: ${size}, offset: $offset${include(hasAttributes)})`,
  },
  tailcall: {
    ...restNames,
    idType: 'ID!',
    one: (idVariable, fields) => `customer(id: $${idVariable}) { ${fields} }`,
    list: (size, hasAttributes) => `customers(limit: ${size}, offset: $offset${include(hasAttributes)})`,
  },
};
