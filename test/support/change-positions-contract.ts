import type { ChangePositions } from '../../src/changes/change-positions.js';

/** What all ChangePositions have to hold to, wherever they are kept. */
export function describeChangePositions(
  name: string,
  start: () => Promise<{ positions: ChangePositions; close(): Promise<void> }>,
): void {
  describe(`${name} as ChangePositions`, () => {
    it('keep the latest position, and have none before', async () => {
      const { positions, close } = await start();
      expect(await positions.load()).toBeUndefined();
      await positions.save({ latestMs: 1, recent: [] });
      const second = { latestMs: 2, recent: [{ id: '5', updatedAt: '2026-01-01T00:00:00Z' }] };
      await positions.save(second);
      expect(await positions.load()).toEqual(second);
      await close();
    });
  });
}
