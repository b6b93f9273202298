import { createChangeTeller } from '../../src/wiring/tell-changes.js';
import type { CustomerEvent } from '../../src/events/event-bus.js';
import { createMemoryEventBus } from '../../src/events/memory-event-bus.js';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const CHANGE = { id: '5', uuid: undefined, updatedAt: '2026-01-02T03:04:05Z' };

/** A bus that says of each event whether all others will be told, as the test has decided. */
function open() {
  const bus = createMemoryEventBus(SILENT);
  const published: string[] = [];
  const state = { isCertain: true };
  const events = {
    ...bus,
    async publish(event: CustomerEvent) {
      published.push(event.id);
      await bus.publish(event);
      return state.isCertain;
    },
  };
  const teller = createChangeTeller(
    events,
    () => 'scope',
    () => 0,
  );
  const heard: string[] = [];
  events.subscribe((event) => {
    teller.note(event);
    heard.push(event.id);
  });
  return { events, published, heard, state, teller };
}

describe('a change that was found', () => {
  it('is published again until it is certain that all replicas are told, and heard here once', async () => {
    const { teller, published, heard, state } = open();
    state.isCertain = false;
    expect([await teller.tell(CHANGE), await teller.tell(CHANGE)]).toEqual([false, false]);
    state.isCertain = true;
    expect([await teller.tell(CHANGE), published.length]).toEqual([true, 3]);
    expect(new Set(published).size).toBe(1);
    expect(heard).toEqual(['scope UPDATED 5 2026-01-02T03:04:05Z']);
  });

  it('is published once where that is certain', async () => {
    const { teller, published } = open();
    expect([await teller.tell(CHANGE), await teller.tell(CHANGE), published.length]).toEqual([true, true, 1]);
  });

  it('is not published if an event has told it', async () => {
    const { events, teller, published } = open();
    const { id, updatedAt } = CHANGE;
    await events.publish({ id: 'x', type: 'UPDATED', customerId: id, updatedAt, occurredAt: '', scopeKey: 'scope' });
    expect([await teller.tell(CHANGE), published]).toEqual([true, ['x']]);
  });
});
