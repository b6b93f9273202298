import { PIECE_LENGTH } from '../../json/piece-length.js';

/** A long text that is looked through from its beginning to its end, of which a piece at a time is a string. */
export class TextWindow {
  private piece: string;
  private next: number;

  /** The text has one character for each of the bytes. */
  constructor(private readonly bytes: Buffer) {
    this.next = Math.min(PIECE_LENGTH, bytes.length);
    this.piece = bytes.toString('latin1', 0, this.next);
  }

  get text(): string {
    return this.piece;
  }

  /**
   * Leaves behind what stands before `from`, which becomes the beginning, and goes on; false if the text has no more.
   * Where one piece was not enough for what stands there, all that is left comes: to try again piece by piece would take a
   * time that grows with the square of the length.
   */
  advance(from: number): boolean {
    if (this.next === this.bytes.length) return false;
    const kept = this.piece.slice(from);
    const end = kept.length < PIECE_LENGTH ? Math.min(this.next + PIECE_LENGTH, this.bytes.length) : this.bytes.length;
    this.piece = kept + this.bytes.toString('latin1', this.next, end);
    this.next = end;
    return true;
  }
}
