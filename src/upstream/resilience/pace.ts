/** However long the upstream asks to wait: what it says may be wrong, and costs a request a minute to find out. */
const MAX_HOLD_MS = 60_000;

/** Until when the upstream asked one caller to send nothing (`Retry-After`). */
export class Pace {
  private resumeAt = -Infinity;

  constructor(private readonly now: () => number) {}

  holdFor(seconds: number): void {
    this.resumeAt = Math.max(this.resumeAt, this.now() + Math.min(seconds * 1_000, MAX_HOLD_MS));
  }

  /** Milliseconds left to wait; 0 where requests may be sent. */
  get holdMs(): number {
    return Math.max(0, this.resumeAt - this.now());
  }
}
