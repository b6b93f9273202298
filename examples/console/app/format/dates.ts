const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const INSTANT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const RELATIVE = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });

const STEPS: readonly { unit: Intl.RelativeTimeFormatUnit; seconds: number }[] = [
  { unit: 'year', seconds: 31_557_600 },
  { unit: 'month', seconds: 2_629_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
];

export const formatDay = (instant: string): string => DAY.format(new Date(instant));

export const formatInstant = (instant: string): string => INSTANT.format(new Date(instant));

export const formatTime = (instant: string): string => TIME.format(new Date(instant));

/** As seen from `nowMs`: `3 days ago`, `in 2 months`. */
export function formatDistance(instant: string, nowMs: number): string {
  const seconds = (Date.parse(instant) - nowMs) / 1000;
  const step = STEPS.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return step ? RELATIVE.format(Math.trunc(seconds / step.seconds), step.unit) : 'just now';
}
