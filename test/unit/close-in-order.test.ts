import { closeInOrder } from '../../src/http/shutdown.js';

const never = (): Promise<void> => new Promise(() => undefined);

describe('closeInOrder', () => {
  it('closes each once the one before is closed', async () => {
    const steps: string[] = [];
    const slow = async (): Promise<void> => {
      steps.push('slow begins');
      await new Promise((resolve) => setTimeout(resolve, 20));
      steps.push('slow ends');
    };
    const next = (): void => void steps.push('next');
    await closeInOrder(
      [
        { name: 'slow', close: slow },
        { name: 'next', close: next },
      ],
      60_000,
      (name) => steps.push(name),
    );
    expect(steps).toEqual(['slow begins', 'slow ends', 'next']);
  });

  it.each<[string, () => Promise<void> | void]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
    ['never ends', never],
  ])('reports one that %s, and closes the next', async (_, close) => {
    const steps: string[] = [];
    const closables = [
      { name: 'bad', close },
      { name: 'next', close: () => void steps.push('next closed') },
    ];
    await closeInOrder(closables, 20, (name, problem) => {
      steps.push(`${name}: ${problem instanceof Error}`);
    });
    expect(steps).toEqual(['bad: true', 'next closed']);
  });
});
