import { createListeners, type Listeners } from './listeners.js';

/** Says that what is shown may have changed. */
export interface ChangeSignal {
  onChange: Listeners<undefined>['add'];
  raise(): void;
}

/** Tells of the first change at once, and of all that follow within `quietMs` once, at the end of it. */
export function createChangeSignal(
  quietMs: number,
  schedule: (act: () => void, delayMs: number) => void = setTimeout,
): ChangeSignal {
  const listeners = createListeners<undefined>();
  let isQuiet = false;
  let isRaised = false;

  function tell(): void {
    isRaised = false;
    isQuiet = true;
    listeners.tell(undefined);
    schedule(() => {
      isQuiet = false;
      if (isRaised) tell();
    }, quietMs);
  }

  return {
    onChange: listeners.add,
    raise() {
      isRaised = true;
      if (!isQuiet) tell();
    },
  };
}
