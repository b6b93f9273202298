/** Smaller pieces are copied, because a buffer of its own costs each of them a hundred bytes and more. */
const SMALL_BYTES = 4 * 1024;
const MAX_BLOCK_BYTES = 64 * 1024;

export const NO_BYTES = Buffer.alloc(0);

/**
 * Bytes that arrive in pieces, for a body of more than one, which few are. It takes little more memory than the bytes, however
 * small the pieces are.
 */
export class BytePieces {
  private readonly pieces: Buffer[];
  /** Holds copies of small pieces, of which those from `start` to `end` are not in `pieces` yet. */
  private block = NO_BYTES;
  private start = 0;
  private end = 0;

  constructor(first: Buffer) {
    this.pieces = [first];
  }

  /** All bytes in one buffer. To be called once. */
  join(): Buffer {
    this.flush();
    return Buffer.concat(this.pieces);
  }

  add(piece: Buffer): void {
    if (piece.length >= SMALL_BYTES) {
      this.flush();
      this.pieces.push(piece);
      return;
    }
    if (piece.length > this.block.length - this.end) this.renewBlock();
    piece.copy(this.block, this.end);
    this.end += piece.length;
  }

  private renewBlock(): void {
    this.flush();
    const bytes = Math.min(MAX_BLOCK_BYTES, Math.max(SMALL_BYTES, 2 * this.block.length));
    this.block = Buffer.allocUnsafeSlow(bytes);
    this.start = 0;
    this.end = 0;
  }

  private flush(): void {
    if (this.end === this.start) return;
    this.pieces.push(this.block.subarray(this.start, this.end));
    this.start = this.end;
  }
}
