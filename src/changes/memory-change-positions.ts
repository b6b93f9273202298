import type { ChangePositions } from './change-positions.js';
import type { ChangePosition } from './find-changes.js';

export function createMemoryChangePositions(): ChangePositions {
  let kept: ChangePosition | undefined;
  return {
    load: async () => kept,
    async save(position) {
      kept = position;
    },
  };
}
