import { eventually } from './eventually.js';
import { findFreePort } from './free-port.js';
import { startRedisServer, type RedisServer } from './redis-server.js';

const SLOTS = 16_384;

/** A cluster of masters that share the slots in equal ranges. */
export async function startRedisCluster(size: number): Promise<{ url: string; nodes: RedisServer[] }> {
  const nodes: RedisServer[] = [];
  const busPorts: number[] = [];
  for (let index = 0; index < size; index += 1) {
    const busPort = await findFreePort();
    busPorts.push(busPort);
    nodes.push(await startRedisServer(['--cluster-enabled', 'yes', '--cluster-port', String(busPort)]));
  }
  for (const [index, node] of nodes.entries()) {
    const first = Math.floor((index * SLOTS) / size);
    const last = Math.floor(((index + 1) * SLOTS) / size) - 1;
    await node.command('CLUSTER', 'ADDSLOTSRANGE', String(first), String(last));
    // Nodes of one epoch would count theirs up later, one by one, and win slots back by it that they have given away.
    await node.command('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
    const [meeting] = nodes;
    if (meeting && index > 0) {
      await node.command('CLUSTER', 'MEET', '127.0.0.1', String(meeting.port), String(busPorts[0]));
    }
  }
  await eventually('the cluster is complete', async () => {
    const infos = await Promise.all(nodes.map((node) => node.command('CLUSTER', 'INFO')));
    return infos.every((info) => String(info).includes('cluster_state:ok'));
  });
  return { url: nodes.map(({ url }) => url).join(','), nodes };
}

/**
 * Gives a slot without keys to another node, in the order that Redis asks for: the node that takes it gets a newer epoch
 * with it, so no one believes what an older message of the giver still claims.
 */
export async function moveSlot(
  nodes: readonly RedisServer[],
  slot: string,
  giver: RedisServer,
  taker: RedisServer,
): Promise<void> {
  const giverId = String(await giver.command('CLUSTER', 'MYID'));
  const takerId = String(await taker.command('CLUSTER', 'MYID'));
  await taker.command('CLUSTER', 'SETSLOT', slot, 'IMPORTING', giverId);
  await giver.command('CLUSTER', 'SETSLOT', slot, 'MIGRATING', takerId);
  for (const node of new Set([taker, giver, ...nodes])) {
    await node.command('CLUSTER', 'SETSLOT', slot, 'NODE', takerId);
  }
}
