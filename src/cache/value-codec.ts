/** Writes a cached value as text and reads it back, with nothing lost that whoever reads the cache relies on. */
export interface ValueCodec {
  /** Tells what values look like; what was written in another format is never read. */
  readonly format: string;
  encode(value: unknown): string;
  /** @throws where the text is not what `encode` writes */
  decode(text: string): unknown;
}
