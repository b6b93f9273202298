const kept = { character: 0 };

/**
 * V8 puts strings of more than 128 KiB on pages of their own, which it asks the system for each time: one that is read once,
 * when the answer is sent, is not worth it. Its parts have been put together before.
 */
const MAX_LENGTH = 100_000;

/**
 * The same text in one piece. V8 keeps a text that was added up as a tree of its parts, which the garbage collector has to
 * carry along part by part as long as the whole answer grows; to read a character, V8 puts it together.
 */
export function flatten(text: string): string {
  if (text.length > MAX_LENGTH) return text;
  // Kept, or V8 would find that nobody needs the character and not read it.
  kept.character = text.charCodeAt(0);
  return text;
}
