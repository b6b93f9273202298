import { createListeners } from '../../src/events/create-listeners.js';
import { isLater, type CustomerEvent } from '../../src/events/event-bus.js';
import { loadEvent } from '../../src/events/load-event.js';
import { createMemoryEventBus } from '../../src/events/memory-event-bus.js';
import { toEventId } from '../../src/events/to-event-id.js';
import { eventOf } from '../support/event-bus-contract.js';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const WHOLE: CustomerEvent = eventOf('a', { customerUuid: 'uuid', updatedAt: '2026-01-02T03:04:05Z' });

describe('an event as a text', () => {
  it.each(['CREATED', 'UPDATED', 'DELETED'] as const)('is read as it was: %s', (type) => {
    expect(loadEvent(JSON.stringify({ ...WHOLE, type }))).toEqual({ ...WHOLE, type });
    const { customerUuid: _uuid, updatedAt: _time, ...least } = { ...WHOLE, type };
    expect(loadEvent(JSON.stringify(least))).toStrictEqual(least);
  });

  it('is read without what it should not hold', () => {
    const text = JSON.stringify({ ...WHOLE, customerUuid: 7, updatedAt: null, more: 1 });
    const { customerUuid: _uuid, updatedAt: _time, ...least } = WHOLE;
    expect(loadEvent(text)).toStrictEqual(least);
  });

  it.each(['id', 'customerId', 'occurredAt', 'scopeKey', 'type'])(
    'is none without its %s, or with another kind of it',
    (name) => {
      const { [name as 'id']: _gone, ...rest } = WHOLE;
      expect(loadEvent(JSON.stringify(rest))).toBeUndefined();
      expect(loadEvent(JSON.stringify({ ...WHOLE, [name]: 7 }))).toBeUndefined();
      expect(loadEvent(JSON.stringify({ ...WHOLE, [name]: null }))).toBeUndefined();
    },
  );

  it.each(['', '{', 'null', '7', '"text"', '[]', '{}', JSON.stringify({ ...WHOLE, type: 'MOVED' })])(
    'is none in %s',
    (text) => {
      expect(loadEvent(text)).toBeUndefined();
    },
  );
});

describe("the id of a customer's coming or going", () => {
  it('tells apart what differs in one thing, and is the same for the same', () => {
    const ids = [
      toEventId('scope', 'CREATED', '5'),
      toEventId('scope', 'DELETED', '5'),
      toEventId('scope', 'CREATED', '6'),
      toEventId('other', 'CREATED', '5'),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(toEventId('scope', 'CREATED', '5')).toBe(ids[0]);
  });
});

describe('a position', () => {
  it.each([
    ['7-10', '7-9', true],
    ['10-0', '9-5', true],
    ['7-9', '7-10', false],
    ['7-9', '7-9', false],
    ['9-5', '10-0', false],
  ])('%s is later than %s: %s', (position, other, expected) => {
    expect(isLater(position, other)).toBe(expected);
  });
});

describe('listeners', () => {
  it('stop while they are told, and are told no more', () => {
    const listeners = createListeners(SILENT);
    const told: string[] = [];
    const stop = listeners.add(({ id }) => {
      told.push(id);
      stop();
    });
    listeners.add(({ id }) => told.push(`other ${id}`));
    listeners.tell(eventOf('a'));
    listeners.tell(eventOf('b'));
    expect(told).toEqual(['a', 'other a', 'other b']);
  });

  it('that begin while others are told are told from the next event on', () => {
    const listeners = createListeners(SILENT);
    const told: string[] = [];
    listeners.add(() => listeners.add(({ id }) => told.push(id)));
    listeners.tell(eventOf('a'));
    listeners.tell(eventOf('b'));
    expect(told).toEqual(['b']);
  });

  it('are told no duplicate, also of an event that none heard', () => {
    const listeners = createListeners(SILENT);
    listeners.tell(eventOf('a'));
    const told: string[] = [];
    listeners.add(({ id }) => told.push(id));
    for (const id of ['a', 'b', 'b']) listeners.tell(eventOf(id));
    expect(told).toEqual(['b']);
    listeners.clear();
    listeners.tell(eventOf('c'));
    expect(told).toEqual(['b']);
  });
});

describe('the bus of one process', () => {
  it('says that all will be told until it is closed', async () => {
    const bus = createMemoryEventBus(SILENT);
    expect(await bus.publish(eventOf('a'))).toBe(true);
    await bus.close();
    expect(await bus.publish(eventOf('b'))).toBe(false);
  });
});
