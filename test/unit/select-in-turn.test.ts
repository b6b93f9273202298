import { EventQueue } from '../../src/subscriptions/event-queue.js';
import { selectInTurn } from '../../src/http/subscriptions/select-in-turn.js';
import { createTurns } from '../../src/http/subscriptions/turns.js';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe('turns', () => {
  it('go to so many of one key at a time, in order, and to other keys at once', async () => {
    const turns = createTurns(2);
    const order: string[] = [];
    const take = async (key: string, name: string): Promise<() => void> => {
      const end = await turns.take(key);
      order.push(name);
      return end;
    };
    const [first] = [take('a', '1'), take('a', '2'), take('a', '3'), take('a', '4'), take('b', '5')];
    await settle();
    expect(order).toEqual(['1', '2', '5']);
    (await first)();
    await settle();
    expect(order).toEqual(['1', '2', '5', '3']);
  });
});

describe('values selected in turn', () => {
  it('last until the next one is asked for, so that no more are made than can be written', async () => {
    const turns = createTurns(2);
    const made: number[] = [];
    const sources = [0, 1, 2, 3].map((index) => {
      const queue = new EventQueue<number>(10, () => undefined);
      queue.push(index);
      return selectInTurn(
        queue,
        async (value) => {
          made.push(value);
          return value;
        },
        turns,
        'socket',
      );
    });
    const pulled = sources.map((source) => source.next());
    await settle();
    expect(made).toEqual([0, 1]);
    await Promise.all(pulled.slice(0, 2));
    void sources[0]?.next();
    await settle();
    expect(made).toEqual([0, 1, 2]);
    // One that ends while it waits, or while it has its turn, gives it up.
    await sources[3]?.return?.();
    await sources[1]?.return?.();
    await settle();
    expect(made).toEqual([0, 1, 2]);
    expect(await Promise.race([turns.take('socket').then(() => 'free'), settle().then(() => 'taken')])).toBe('free');
  });

  it('end the turn of one that fails', async () => {
    const turns = createTurns(1);
    const queue = new EventQueue<number>(10, () => undefined);
    queue.push(1);
    const failing = selectInTurn(queue, () => Promise.reject(new Error('failure')), turns, 'socket');
    await expect(failing.next()).rejects.toThrow('failure');
    expect(await Promise.race([turns.take('socket').then(() => 'free'), settle().then(() => 'taken')])).toBe('free');
  });
});
