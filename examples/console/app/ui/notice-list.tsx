import { useSyncExternalStore } from 'react';
import { useServices } from '../client/services.js';
import { Icon } from './icon.js';

/** The latest news at the foot of the page, and read out as it comes. */
export function NoticeList() {
  const { notices } = useServices();
  const current = useSyncExternalStore(notices.onChange, notices.current);
  return (
    <div className="notices" role="log" aria-label="News" aria-live="polite">
      {current.map((notice) => (
        <p key={notice.customerId} className="notice">
          <span>{notice.text}</span>
          <button type="button" className="icon-button" onClick={() => notices.dismiss(notice)}>
            <Icon name="close" />
            <span className="visually-hidden">Dismiss</span>
          </button>
        </p>
      ))}
    </div>
  );
}
