import { Lifetime, TimedLifetime, type Ending } from '../../../src/upstream/resilience/lifetime.js';

describe.each([
  ['a lifetime', Lifetime],
  ['a timed lifetime', TimedLifetime],
])('%s that is over', (_name, Kind) => {
  it('tells whoever begins to listen, at once', () => {
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
    const stops = { onEnd: () => void told.push('stops') };
    lifetime.listen(stays);
    lifetime.listen(stops);
    lifetime.unlisten(stops);
    lifetime.end('aborted');
    lifetime.end('timeout');
    expect([told, lifetime.ending]).toEqual([['stays'], 'aborted']);
  });
});
