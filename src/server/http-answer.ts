/** A whole answer to a GraphQL request. */
export interface HttpAnswer {
  status: number;
  headers: Iterable<readonly [name: string, value: string]>;
  text: string;
}
