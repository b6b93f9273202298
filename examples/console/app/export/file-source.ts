import type { TypedDocumentNode } from 'urql';
import { hashOf } from '../client/trusted-documents.js';

/** A list that can be had as a file. */
export interface FileSource {
  /** The path of the document at the gateway, with its variables. */
  path: string;
  /** Of one row: `customer`. */
  noun: string;
  /** Rows of the list as it was read last. */
  total: number;
}

/** Variables as parameters, as docs/doors.md has them: `{ ids: ['5', '6'], filter: {} }` → `ids=5&ids=6&filter={}` */
export function toParameters(variables: Readonly<Record<string, unknown>>): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(variables)) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      parameters.append(name, typeof item === 'string' ? item : JSON.stringify(item));
    }
  }
  return parameters;
}

/** All pages of a query. Its variables for a page are left out, since a file has all of them. */
export const filePath = <Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, 'first' | 'offset'>,
): string => `/api/${hashOf(document)}?${toParameters({ ...variables }).toString()}`;
