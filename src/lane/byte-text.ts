/**
 * UTF-8 as a string with one character for each byte. Texts that are ASCII, as nearly all of an answer is, are the same in
 * both, and what is put together of such strings becomes bytes by copying.
 */
export function toByteText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
