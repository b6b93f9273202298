import { useSyncExternalStore } from 'react';
import type { LiveStatus } from '../client/live-feed.js';
import { useServices } from '../client/services.js';

const WORDS: Readonly<Record<LiveStatus, string>> = { connecting: 'Connecting', live: 'Live', away: 'Not live' };

/** Whether changes of others show by themselves. */
export function LiveIndicator() {
  const { live } = useServices();
  const status = useSyncExternalStore(live.onStatus, live.status);
  return (
    <span className={`live live-${status}`} role="status">
      {WORDS[status]}
    </span>
  );
}
