export interface JsonMeasure {
  /** Objects and lists inside of each other; 0 for a plain value. */
  depth: number;
  /** Items of the longest list. */
  listItems: number;
}

/** Measures a parsed JSON value in one pass without recursion. */
export function measureJson(root: unknown): JsonMeasure {
  const measure: JsonMeasure = { depth: 0, listItems: 0 };
  const pile: { value: unknown; above: number }[] = [{ value: root, above: 0 }];
  for (let entry = pile.pop(); entry; entry = pile.pop()) {
    const { value, above } = entry;
    if (typeof value !== 'object' || value === null) continue;
    const depth = above + 1;
    measure.depth = Math.max(measure.depth, depth);
    if (Array.isArray(value)) measure.listItems = Math.max(measure.listItems, value.length);
    for (const child of Object.values(value)) pile.push({ value: child, above: depth });
  }
  return measure;
}
