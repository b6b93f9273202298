import { useState } from 'react';
import type { UpstreamKind } from './upstream-kind.js';

const HINTS: Record<UpstreamKind, { title: string; text: string }> = {
  sandbox: {
    title: 'This is a sandbox.',
    text: 'Its customers are made up and live in this gateway’s memory. Change whatever you like: a restart brings them back.',
  },
  remote: {
    title: 'This is a real upstream.',
    text: 'Mutations change the data of real customers. A token goes under Headers, as {"X-Sds-Service-Token": "…"}; this page never stores it.',
  },
};

/** Says once per browser whose data this is; what was dismissed for a sandbox still shows for a real upstream. */
export function UpstreamHint({ upstream }: { upstream: UpstreamKind }) {
  const storageKey = `query-page:hint-seen:${upstream}`;
  const [isSeen, setSeen] = useState(() => window.localStorage.getItem(storageKey) !== null);
  if (isSeen) return null;

  const dismiss = () => {
    window.localStorage.setItem(storageKey, 'yes');
    setSeen(true);
  };
  const { title, text } = HINTS[upstream];
  return (
    <aside className={`hint hint-${upstream}`} aria-label="About the data">
      <p>
        <strong>{title}</strong> {text} Each tab is an example; run it with the button or Ctrl+Enter.
      </p>
      <button type="button" onClick={dismiss}>
        Got it
      </button>
    </aside>
  );
}
