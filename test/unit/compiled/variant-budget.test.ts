import { VariantBudget } from '../../../src/operations/compiled/compiled-operations.js';

const MAX_BYTES = 1_000_000;
const variant = { name: 'variant' };

describe('VariantBudget', () => {
  it('stays within its bound for any number of operations and variants, and however they grow', () => {
    const budget = new VariantBudget(MAX_BYTES);
    for (let operation = 0; operation < 200; operation += 1) {
      const store = budget.storeOf(operation);
      for (let outcome = 0; outcome < 16; outcome += 1) {
        for (let bytes = 1; bytes <= 60_000; bytes += 20_000) store.set(String(outcome), variant, bytes);
        expect(budget.bytes).toBeLessThanOrEqual(MAX_BYTES);
      }
    }
    expect(budget.bytes).toBeGreaterThan(MAX_BYTES / 2);
  });

  it('drops what was used least recently when a variant grows', () => {
    const budget = new VariantBudget(MAX_BYTES);
    const [one, other] = [budget.storeOf(1), budget.storeOf(2)];
    for (const outcome of ['a', 'b', 'c']) one.set(outcome, variant, 200_000);
    one.get('a');
    other.set('', variant, 20_000);
    other.set('', variant, 500_000);
    expect(['a', 'b', 'c'].map((outcome) => one.get(outcome))).toEqual([variant, undefined, variant]);
    expect(other.get('')).toBe(variant);
  });

  it('keeps no variant that is beyond the bound by itself, and drops no other one for it', () => {
    const budget = new VariantBudget(MAX_BYTES);
    const store = budget.storeOf(1);
    store.set('small', variant, 10_000);
    store.set('large', variant, 10_000);
    store.set('large', variant, 1_000_000);
    expect(store.get('large')).toBeUndefined();
    expect(store.get('small')).toBe(variant);
  });

  it('distinguishes the variants of operations', () => {
    const budget = new VariantBudget(MAX_BYTES);
    budget.storeOf(1).set('true', variant, 1);
    expect(budget.storeOf(2).get('true')).toBeUndefined();
    expect(budget.storeOf(1).get('true')).toBe(variant);
  });
});
