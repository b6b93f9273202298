import fc, { type GeneratorValue } from 'fast-check';

/** One of several: by its place, since fast-check compares what it is handed and schema types go round in circles. */
export function pick<T>(g: GeneratorValue, ...choices: readonly [T, ...T[]]): T {
  return choices[g(fc.nat, { max: choices.length - 1 })] ?? choices[0];
}

/** True once in so many times. */
export function oneIn(g: GeneratorValue, times: number): boolean {
  return g(fc.nat, { max: times - 1 }) === 0;
}
