/** Chance that depends on nothing but its seed and a place, so that two executions meet the same values in any order. */
export interface Dice {
  /** A whole number from 0 to below `sides`. */
  roll(sides: number): number;
  /** Whether something of this probability happens. */
  hits(probability: number): boolean;
  pick<T>(...choices: readonly [T, ...T[]]): T;
}

function hash(text: string, seed: number): number {
  let state = seed ^ 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x85ebca6b);
    state ^= state >>> 13;
  }
  return state;
}

export function diceAt(seed: number, place: string): Dice {
  let state = hash(place, seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const roll = (sides: number): number => Math.floor(next() * sides);
  return {
    roll,
    hits: (probability) => next() < probability,
    pick: <T>(...choices: readonly [T, ...T[]]) => choices[roll(choices.length)] ?? choices[0],
  };
}
