import type { CustomerEvent, EventBus } from '../../src/events/event-bus.js';
import type { Logger } from '../../src/telemetry/logger.js';
import { eventually } from './eventually.js';

export const eventOf = (id: string, parts: Partial<CustomerEvent> = {}): CustomerEvent => ({
  id,
  type: 'UPDATED',
  customerId: '5',
  occurredAt: '2026-01-02T03:04:05Z',
  scopeKey: 'scope',
  ...parts,
});

/** The ids of what a bus tells, as they come. */
export function listenTo(bus: EventBus): string[] {
  const ids: string[] = [];
  bus.subscribe(({ id }) => ids.push(id));
  return ids;
}

export interface EventBusUnderTest {
  bus: EventBus;
  close(): Promise<void>;
}

/** What every EventBus has to hold to, wherever its events travel. */
export function describeEventBus(name: string, start: (logger: Logger) => Promise<EventBusUnderTest>): void {
  describe(`${name} as an EventBus`, () => {
    let subject: EventBusUnderTest;
    let logged: string[];
    beforeEach(async () => {
      logged = [];
      const note = (_facts: object, message: string): void => void logged.push(message);
      subject = await start({ info: note, warn: note, error: note });
    });
    afterEach(() => subject.close());

    it('tells each event to each listener, whole, once and in order', async () => {
      const { bus } = subject;
      const [one, other] = [listenTo(bus), listenTo(bus)];
      const whole: CustomerEvent[] = [];
      bus.subscribe((event) => whole.push(event));
      const event = eventOf('a', { type: 'DELETED', customerId: '9007199254740993' });
      await bus.publish(event);
      for (const id of ['b', 'c', 'd']) await bus.publish(eventOf(id));
      await eventually('all are told', () => one.includes('d') && other.includes('d'));
      expect(one).toEqual(['a', 'b', 'c', 'd']);
      expect(other).toEqual(one);
      expect(whole[0]).toEqual(event);
    });

    it('has told its own listeners when publishing is done', async () => {
      const ids = listenTo(subject.bus);
      await subject.bus.publish(eventOf('a'));
      expect(ids).toEqual(['a']);
    });

    it('drops duplicates by their id', async () => {
      const { bus } = subject;
      const ids = listenTo(bus);
      for (const id of ['a', 'b', 'a', 'c', 'b']) await bus.publish(eventOf(id));
      await eventually('all are told', () => ids.includes('c'));
      expect(ids).toEqual(['a', 'b', 'c']);
    });

    it('sends nothing to a listener that has stopped', async () => {
      const { bus } = subject;
      const ids: string[] = [];
      const listener = ({ id }: CustomerEvent): void => void ids.push(id);
      const stop = bus.subscribe(listener);
      const stopOther = bus.subscribe(listener);
      await bus.publish(eventOf('a'));
      stop();
      stop();
      await bus.publish(eventOf('b'));
      stopOther();
      await bus.publish(eventOf('c'));
      expect(ids).toEqual(['a', 'a', 'b']);
    });

    it('tells the others where one listener throws, and logs that', async () => {
      const { bus } = subject;
      bus.subscribe(() => {
        throw new Error('a bug');
      });
      const ids = listenTo(bus);
      await bus.publish(eventOf('a'));
      expect(ids).toEqual(['a']);
      expect(logged).toEqual(['a listener of events failed']);
    });

    it('tells nothing once it is closed', async () => {
      const { bus } = subject;
      const ids = listenTo(bus);
      await bus.close();
      await bus.publish(eventOf('a'));
      expect(ids).toEqual([]);
    });
  });
}
