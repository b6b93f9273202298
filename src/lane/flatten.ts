import { PIECE_LENGTH } from '../json/piece-length.js';

const kept = { character: 0 };

/**
 * The same text in one piece. V8 keeps a text that was added up as a tree of its parts, which the garbage collector has to
 * carry along part by part as long as the whole answer grows; to read a character, V8 puts it together. A long text is left
 * in its parts, which have been put together before.
 */
export function flatten(text: string): string {
  if (text.length >= PIECE_LENGTH) return text;
  // Kept, or V8 would find that nobody needs the character and not read it.
  kept.character = text.charCodeAt(0);
  return text;
}
