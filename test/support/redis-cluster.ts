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
