/** Writes a cached value as text and reads it back, with nothing lost that readers of the cache rely on. */
export interface ValueCodec {
  /** Says what values look like; what was written in another format is never read. */
  readonly format: string;
  encode(value: unknown): string;
  /** @throws if the text is not what `encode` writes */
  decode(text: string): unknown;
}
