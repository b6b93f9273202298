import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { loadManifest, type Manifest } from './load-manifest.js';

export interface WatchedManifest {
  current(): Manifest;
  close(): void;
}

/**
 * A manifest that follows its file: looked at every `intervalMs`, read anew when it changed. A file that broke or went
 * away leaves the last good one in place and is told to `onBroken`. `onLoad` gets each that is read.
 * @throws Error if there is no good one at the start
 */
export function watchManifest(
  path: string,
  {
    intervalMs,
    onBroken,
    onLoad,
  }: { intervalMs: number; onBroken: (error: unknown) => void; onLoad: (manifest: Manifest) => void },
): WatchedManifest {
  const load = (): Manifest => loadManifest(readFileSync(path, 'utf8'));
  let manifest = load();
  onLoad(manifest);
  const reload = (): void => {
    try {
      manifest = load();
      onLoad(manifest);
    } catch (error) {
      onBroken(error);
    }
  };
  // By polling: a mounted configuration is exchanged by links, which file system events do not tell of.
  watchFile(path, { interval: intervalMs, persistent: false }, reload);
  return { current: () => manifest, close: () => unwatchFile(path, reload) };
}
