import { createMemoryRateLimiter } from '../../src/http/rate-limit/memory-rate-limiter.js';
import { describeRateLimiter } from '../support/rate-limiter-contract.js';

describeRateLimiter('memory', async (perMinute) => {
  let time = 1_000_000;
  return {
    limiter: createMemoryRateLimiter(perMinute, () => time),
    advance: async (milliseconds) => {
      time += milliseconds;
    },
    close: async () => {},
  };
});

it('admits exactly the limit where it divides a minute badly', async () => {
  for (const perMinute of [7, 77, 777, 7_777]) {
    const limiter = createMemoryRateLimiter(perMinute, () => 1_764_000_000_123);
    let admitted = 0;
    while ((await limiter.admit('a')).isAllowed) admitted += 1;
    expect(admitted).toBe(perMinute);
  }
});

it('remembers a bounded number of callers, those who called last', async () => {
  const limiter = createMemoryRateLimiter(1, () => 1_000_000);
  await limiter.admit('first');
  for (let n = 0; n < 100_000; n += 1) await limiter.admit(`caller ${n}`);
  expect(await limiter.admit('caller 99999')).toMatchObject({ isAllowed: false });
  expect(await limiter.admit('first')).toEqual({ isAllowed: true });
});
