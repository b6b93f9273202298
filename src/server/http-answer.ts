/** A whole answer to a GraphQL request. */
export interface HttpAnswer {
  status: number;
  /** Names in lower case and values in turn, without the length of the text. */
  headers: readonly string[];
  text: string;
  /** `latin1` where each character of the text is a byte already. */
  encoding: 'utf8' | 'latin1';
}

/** A header's value; undefined where there is none. */
export function headerOf({ headers }: HttpAnswer, name: string): string | undefined {
  for (let index = 0; index < headers.length; index += 2) if (headers[index] === name) return headers[index + 1];
  return undefined;
}
