import { responsePathAsArray, type ResponsePath } from 'graphql';

interface Age {
  ageSeconds: number;
  isStale: boolean;
}

export interface StalePlace {
  path: readonly (string | number)[];
  ageSeconds: number;
}

/** How old the answer of one operation is: for the Cache-Control header, and place by place where it is stale. */
export class Freshness {
  readonly stale: StalePlace[] = [];
  /** Of what is stale; few operations have any. */
  private ages: Map<unknown, Age> | undefined;
  private remainingSeconds = Infinity;

  /** Notes a value that an answer is made of and for how long on it counts as fresh; 0 where it is not cached at all. */
  note(value: unknown, remainingSeconds: number, age: Age = { ageSeconds: 0, isStale: false }): void {
    this.remainingSeconds = Math.min(this.remainingSeconds, Math.max(0, remainingSeconds));
    if (age.isStale) (this.ages ??= new Map()).set(value, age);
  }

  /** Says where in the answer a value stands, as a resolver knows it. */
  place(path: ResponsePath, value: unknown): void {
    const age = this.ages?.get(value);
    if (age) this.stale.push({ path: responsePathAsArray(path), ageSeconds: Math.floor(age.ageSeconds) });
  }

  /** For how many whole seconds the answer may be kept; 0 where any part of it may not, or nothing was read. */
  get maxAgeSeconds(): number {
    return Number.isFinite(this.remainingSeconds) ? Math.floor(this.remainingSeconds) : 0;
  }
}
