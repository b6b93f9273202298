import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rooms = JSON.parse(readFileSync(join(root, 'scripts/rooms.json'), 'utf8')) as Record<string, string[]>;

/** Rooms that a room imports, directly or through others. */
function reachableFrom(room: string): Set<string> {
  const reached = new Set<string>();
  const pending = [...(rooms[room] ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    pending.push(...(rooms[next] ?? []));
  }
  return reached;
}

/** Every import of a room's files by another room: `src/http/graphql-route.ts imports auth`. */
function importsOf(room: string): { file: string; target: string }[] {
  const folder = join(root, 'src', room);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  return files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/from '(\.[^']+)'/g)].flatMap(([, specifier = '']) => {
      const target =
        normalize(join(room, dirname(file), specifier))
          .split(sep)[0]
          ?.replace(/\.js$/, '') ?? '';
      return target === room ? [] : [{ file: `src/${room}/${file}`, target }];
    }),
  );
}

describe('rooms of src', () => {
  it.each(Object.keys(rooms))('has no circle of imports through %s', (room) => {
    expect([...reachableFrom(room)]).not.toContain(room);
  });

  it.each(Object.keys(rooms))('lets %s import only the rooms of its line in the table, types included', (room) => {
    expect(importsOf(room).filter(({ target }) => !rooms[room]?.includes(target))).toEqual([]);
  });
});
