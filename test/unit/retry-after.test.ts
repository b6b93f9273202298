import { retryAfterSeconds } from '../../src/upstream/http/status-failure.js';

const NOW = Date.UTC(2026, 10, 29, 12);

describe('retryAfterSeconds', () => {
  it.each<[string | undefined, number | undefined]>([
    ['0', 0],
    ['120', 120],
    ['1.5', 2],
    ['0.001', 1],
    [' 7 ', 7],
    ['Sun, 29 Nov 2026 12:00:30 GMT', 30],
    ['Sunday, 29-Nov-26 12:00:30 GMT', 30],
    ['Sun Nov 29 12:00:30 2026 GMT', 30],
    ['Sun, 29 Nov 2026 11:00:00 GMT', 0],
    ['-5', undefined],
    ['-1.5', undefined],
    ['1e3', undefined],
    ['5 s', undefined],
    ['2', 2],
    ['2001', 2001],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (header, seconds) => {
    expect(retryAfterSeconds(header, NOW)).toBe(seconds);
  });
});
