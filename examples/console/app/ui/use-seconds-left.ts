import { useEffect, useState } from 'react';

/** Counts down to 0 from where `seconds` was set last, and says so once it is there. `reset` starts anew. */
export function useSecondsLeft(seconds: number | undefined, reset: unknown, onZero: () => void): number | undefined {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds);
    if (seconds === undefined) return undefined;
    let remaining = seconds;
    const timer = setInterval(() => {
      remaining -= 1;
      setLeft(remaining);
      if (remaining > 0) return;
      clearInterval(timer);
      onZero();
    }, 1_000);
    return () => clearInterval(timer);
    // `onZero` is another function with every render; the one of the start will do.
  }, [seconds, reset]);
  return left;
}
