/** JSON as byte text (`byte-text.ts`), which is never put together where it is long. */
export type Written = string | LongText;

/** A text in parts, one after the other. */
export class LongText {
  private readonly parts: string[] = [];

  /** Of bytes, too: each character is one. */
  get length(): number {
    return this.parts.reduce((sum, { length }) => sum + length, 0);
  }

  add(text: Written): this {
    if (typeof text === 'string') this.parts.push(text);
    else for (const part of text.parts) this.parts.push(part);
    return this;
  }

  toBytes(): Buffer {
    const bytes = Buffer.allocUnsafe(this.length);
    let at = 0;
    for (const part of this.parts) at += bytes.write(part, at, 'latin1');
    return bytes;
  }

  toString(): string {
    return this.parts.join('');
  }
}

export function concat(before: Written, text: Written): Written {
  return typeof before === 'string' && typeof text === 'string' ? before + text : new LongText().add(before).add(text);
}
