import { createConnections, type Connection, type Place } from '../../src/http/subscriptions/connections.js';

class FakeConnection implements Connection {
  unreadBytes = 0;
  outcome: string | undefined;
  place: Place | undefined;
  end(reason?: Error): void {
    this.outcome = reason?.message ?? 'shut down';
  }
  reject(reason: Error): void {
    this.end(reason);
  }
  cut(): void {
    this.outcome = 'cut';
    this.place?.leave();
  }
}

function open(connections: ReturnType<typeof createConnections>, address: string, caller?: string): FakeConnection {
  const connection = new FakeConnection();
  connection.place = connections.wait(address, connection);
  if (caller !== undefined) connection.place.admit(caller);
  return connection;
}

const TOO_MANY = 'There are too many connections for events.';

describe('connections for events', () => {
  it('cut the clients that are furthest behind once all together are too far behind', () => {
    const connections = createConnections(10, 1_000);
    const clients = [100, 500, 300].map((unreadBytes) => {
      const connection = open(connections, 'address', 'caller');
      return Object.assign(connection, { unreadBytes });
    });
    connections.written(900);
    expect(clients.map(({ outcome }) => outcome)).toEqual([undefined, undefined, undefined]);
    Object.assign(clients[0] ?? {}, { unreadBytes: 400 });
    connections.written(200);
    expect(clients.map(({ outcome }) => outcome)).toEqual([undefined, 'cut', undefined]);
    // What was written and has been read counts no more.
    for (let count = 0; count < 100; count += 1) connections.written(200);
    expect(connections.size).toBe(2);
  });

  it('take the place of one that waits from the address with most, the oldest first', () => {
    const connections = createConnections(1);
    const few = [open(connections, 'few'), open(connections, 'few')];
    const many = Array.from({ length: 48 }, () => open(connections, 'many'));
    open(connections, 'new');
    expect(few.concat(many).map(({ outcome }) => outcome)).toEqual([
      undefined,
      undefined,
      TOO_MANY,
      ...Array<undefined>(47).fill(undefined),
    ]);
  });

  it('are not admitted once they have left, and are all ended by the end of the gateway', () => {
    const connections = createConnections(5);
    const [gone, waiting, admitted] = [
      open(connections, 'a'),
      open(connections, 'a'),
      open(connections, 'a', 'caller'),
    ];
    gone.place?.leave();
    gone.place?.admit('caller');
    expect(connections.size).toBe(1);
    connections.close();
    expect([gone, waiting, admitted].map(({ outcome }) => outcome)).toEqual([undefined, 'shut down', 'shut down']);
    expect(() => waiting.place?.admit('caller')).toThrow(TOO_MANY);
    expect(() => open(connections, 'a')).toThrow(TOO_MANY);
  });

  it('are none if none are allowed', () => {
    expect(() => open(createConnections(0), 'a')).toThrow(TOO_MANY);
  });
});
