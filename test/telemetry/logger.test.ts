import { createLogger } from '../../src/telemetry/logger.js';

describe('a log for people', () => {
  it('has the time, the level, what happened and the facts in one line, and a stack below', () => {
    const lines: string[] = [];
    const logger = createLogger('info', { always: { worker: 1 }, writeReadable: (line) => lines.push(line) });
    logger.info({ status: 200, client: 'a b' }, 'operation');
    logger.error({ err: new Error('broken') }, 'internal error');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} INFO {2}operation {2}worker=1 {2}status=200 {2}client="a b"\n$/);
    expect(lines[1]).toMatch(/^\S+ ERROR internal error {2}worker=1\nError: broken\n {4}at /);
    expect(lines).toHaveLength(2);
  });
});
