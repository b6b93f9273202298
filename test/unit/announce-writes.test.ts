import { announceWrites, type Write } from '../../src/commands/announce-writes.js';
import type { Commands } from '../../src/commands/create-commands.js';

describe('announceWrites', () => {
  it('leaves out a time whose fraction is of any length, because events are remembered by it', async () => {
    const announced: Write[] = [];
    const times = ['2026-01-02T03:04:05.123456789Z', `2026-01-02T03:04:05.${'1'.repeat(10_000)}Z`];
    for (const updatedAt of times) {
      const update = async () => ({ value: { id: '5', known: { id: '5', updatedAt } }, userErrors: [] });
      const commands = { customers: { update } } as unknown as Commands;
      await announceWrites({ ...commands, customerAttributes: {} } as Commands, (write) =>
        announced.push(write),
      ).customers.update('5', { companyName: 'New' });
    }
    expect(announced.map(({ updatedAt }) => updatedAt)).toEqual([times[0], undefined]);
  });
});
