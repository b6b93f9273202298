/** A small deterministic source of randomness: the same key gives the same sequence on every machine. Not for secrets. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** An integer from `min` through `max`. */
  integer(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** One of the items, each as likely as its weight says. */
  pickWeighted<T>(items: readonly [readonly [T, number], ...(readonly [T, number])[]]): T;
  hex(digits: number): string;
  uuid(): string;
}

/** FNV-1a, to turn a key into a starting state. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Seeds mulberry32 with the key's parts, such as `createRandom(seed, 'customer', 17)`. */
export function createRandom(...key: readonly (string | number)[]): Random {
  let state = hashText(key.join('/'));

  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) text += integer(0, 0xffffff).toString(16).padStart(6, '0');
    return text.slice(0, digits);
  };

  return {
    next,
    integer,
    hex,
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    pickWeighted: (items) => {
      let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        rest -= weight;
        if (rest < 0) return item;
      }
      return items[0][0];
    },
    // Shaped as a version 4 UUID (RFC 9562 §5.4).
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'.charAt(integer(0, 3))}${hex(3)}-${hex(12)}`,
  };
}
