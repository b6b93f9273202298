import { createClient, createCluster } from '@redis/client';
import type { RedisTarget } from './redis-target.js';

/** A connection that is never made again once it is lost: anyone who holds it makes another. */
export interface Link {
  send(key: string, args: readonly string[]): Promise<unknown>;
  /** The latest of all masters' clocks, in microseconds of the epoch. */
  clockMicros(): Promise<number>;
  destroy(): void;
}

export interface LinkOptions {
  target: RedisTarget;
  connectTimeoutMs: number;
  /** Gets what has to be destroyed if no one waits for the connection any more. */
  onOpening: (opening: { destroy(): void }) => void;
  /** Told when the connection, or in a cluster one of them, is lost. */
  onLost: (error: unknown) => void;
}

interface Sender {
  sendCommand(args: readonly string[]): Promise<unknown>;
}

async function clockOf(client: Sender): Promise<number> {
  const [seconds, micros] = (await client.sendCommand(['TIME'])) as [string, string];
  return Number(seconds) * 1_000_000 + Number(micros);
}

/** Connects. @throws Error if that fails */
export async function openLink(options: LinkOptions): Promise<Link> {
  return options.target.isCluster ? openCluster(options) : openSingle(options);
}

function clientOptions({ target, connectTimeoutMs }: LinkOptions) {
  return {
    ...target.credentials,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled' as const,
    socket: {
      connectTimeout: connectTimeoutMs,
      reconnectStrategy: false as const,
      ...(target.isTls && { tls: true as const }),
    },
  };
}

async function openSingle(options: LinkOptions): Promise<Link> {
  const { target, onOpening, onLost } = options;
  const { socket, ...rest } = clientOptions(options);
  const client = createClient({
    ...rest,
    RESP: 2,
    database: target.database,
    socket: { ...socket, ...target.nodes[0] },
  });
  client.on('error', onLost);
  onOpening(client);
  await client.connect();
  return {
    send: (_key, args) => client.sendCommand(args),
    clockMicros: () => clockOf(client),
    destroy: () => client.destroy(),
  };
}

async function openCluster(options: LinkOptions): Promise<Link> {
  const { target, onOpening, onLost } = options;
  const cluster = createCluster({
    RESP: 2,
    rootNodes: target.nodes.map((socket) => ({ socket })),
    defaults: clientOptions(options),
    // A slot that has moved may have lost what its old node took last, so it ends the session like a lost connection.
    maxCommandRedirections: 0,
  });
  // Of a node named in REDIS_URL that is gone, say, which another one makes up for.
  cluster.on('error', () => undefined);
  cluster.on('node-error', onLost);
  cluster.on('node-disconnect', onLost);
  onOpening(cluster);
  await cluster.connect();
  return {
    send: (key, args) => cluster.sendCommand(key, false, [...args]),
    async clockMicros() {
      const clocks = cluster.masters.map(async (node) => clockOf(await cluster.nodeClient(node)));
      return Math.max(...(await Promise.all(clocks)));
    },
    destroy: () => cluster.destroy(),
  };
}
