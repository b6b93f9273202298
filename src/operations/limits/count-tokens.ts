import { Lexer, Source, TokenKind } from 'graphql';

/** Counts the tokens of a text as the parser does, up to the first thing that is none: `{ a b }` → 4. */
export function countTokens(text: string): number {
  const lexer = new Lexer(new Source(text));
  let count = 0;
  try {
    while (lexer.advance().kind !== TokenKind.EOF) count += 1;
  } catch {
    // What stands behind a syntax error can't be counted.
  }
  return count;
}
