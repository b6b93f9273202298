/** The texts added last, up to a number. Unlike a cache it costs nothing while it is empty. */
export class RecentSet {
  private readonly texts = new Set<string>();

  constructor(private readonly maximum: number) {}

  has(text: string): boolean {
    return this.texts.has(text);
  }

  delete(text: string): void {
    this.texts.delete(text);
  }

  add(text: string): void {
    this.texts.delete(text);
    this.texts.add(text);
    if (this.texts.size <= this.maximum) return;
    for (const oldest of this.texts) {
      this.texts.delete(oldest);
      return;
    }
  }
}
