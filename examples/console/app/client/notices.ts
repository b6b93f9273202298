import { createListeners, type Listeners } from './listeners.js';

export interface Notice {
  customerId: string;
  text: string;
  /** Notified of something that was done in this window. */
  isOwn: boolean;
}

export interface Notices {
  current(): readonly Notice[];
  onChange: Listeners<undefined>['add'];
  show(notice: Notice): void;
  dismiss(notice: Notice): void;
}

const MAX_SHOWN = 3;

/** The latest news, one of each customer: what was done here comes back as an event, and is said once. */
export function createNotices(shownMs: number): Notices {
  const listeners = createListeners<undefined>();
  let notices: readonly Notice[] = [];

  function change(next: readonly Notice[]): void {
    notices = next;
    listeners.tell(undefined);
  }

  const dismiss = (notice: Notice): void => {
    if (notices.includes(notice)) change(notices.filter((other) => other !== notice));
  };

  return {
    current: () => notices,
    onChange: listeners.add,
    dismiss,
    show(notice) {
      const known = notices.find(({ customerId }) => customerId === notice.customerId);
      if (known?.isOwn && !notice.isOwn) return;
      change([...notices.filter((other) => other !== known), notice].slice(-MAX_SHOWN));
      setTimeout(() => dismiss(notice), shownMs);
    },
  };
}
