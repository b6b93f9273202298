import { Lifetime, TimedLifetime, type Ending } from '../../../src/upstream/resilience/lifetime.js';

describe.each([
  ['a lifetime', Lifetime],
  ['a timed lifetime', TimedLifetime],
])('%s that is over', (_name, Kind) => {
  it('notifies a new listener at once', () => {
    const lifetime = new Kind(performance.now() + 60_000);
    lifetime.end('aborted');
    const told: Ending[] = [];
    lifetime.listen({ onEnd: (ending) => void told.push(ending) });
    expect(told).toEqual(['aborted']);
  });

  it('tells those who listen once, and not those who have stopped', () => {
    const lifetime = new Kind(performance.now() + 60_000);
    const told: string[] = [];
    const stays = { onEnd: () => void told.push('stays') };
    const staysToo = { onEnd: () => void told.push('stays too') };
    const stops = [0, 1].map(() => ({ onEnd: () => void told.push('stops') }));
    for (const listener of [stops[0], stays, stops[1], staysToo]) if (listener) lifetime.listen(listener);
    expect(stops.map((listener) => lifetime.unlisten(listener))).toEqual([true, true]);
    lifetime.end('aborted');
    lifetime.end('timeout');
    expect([told.sort(), lifetime.ending]).toEqual([['stays', 'stays too'], 'aborted']);
  });

  it('knows when the last one has stopped to listen', () => {
    const lifetime = new Kind(performance.now() + 60_000);
    const listeners = [0, 1, 2].map(() => ({ onEnd: () => undefined }));
    for (const listener of listeners) lifetime.listen(listener);
    expect(listeners.map((listener) => lifetime.unlisten(listener))).toEqual([true, true, false]);
  });
});
