/** What an operation is, as far as it could be read. */
export interface OperationFacts {
  /** Cut to 100 characters; undefined for an anonymous one. */
  name: string | undefined;
  type: 'query' | 'mutation' | 'subscription' | undefined;
  /** SHA-256 of the document's text, in hexadecimal digits. */
  hash: string | undefined;
  /** Whether the document is one that clients were built with. */
  isTrusted: boolean;
}
