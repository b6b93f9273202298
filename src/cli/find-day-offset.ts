import type { DayOffset } from '../loaders/upstream-traits.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WIDEST: DayOffset = { min: -12, max: 14 };
/** A hundred customers created at any time of the day leave less than half an hour after so many. */
const MOST_QUESTIONS = 7;
/** Summer time moves a clock by one hour, and the customers may be of both halves of the year. */
const SUMMER_TIME_HOURS = 1;

interface Question {
  id: string;
  day: string;
  /** The answer is yes if the clock is ahead of UTC by so many hours or more. */
  hours: number;
}

/** The days whose beginning is a question: created at 22:00Z, a clock 2 hours ahead is in the next day. */
function toQuestions({ id, instant }: { id: string; instant: number }): Question[] {
  const today = Math.floor(instant / DAY_MS) * DAY_MS;
  return [today, today + DAY_MS].flatMap((start) => {
    const hours = (start - instant) / HOUR_MS;
    const isOpen = hours > WIDEST.min && hours < WIDEST.max;
    return isOpen ? [{ id, day: new Date(start).toISOString().slice(0, 10), hours }] : [];
  });
}

/**
 * How far ahead of UTC the clock is by which a filter begins a day, halved with each customer that is asked for: `isFrom` says
 * whether the filter counts a customer among those created from a day on. Rounded to hours that hold all year.
 */
export async function findDayOffset(
  customers: readonly { id: string; instant: number }[],
  isFrom: (id: string, day: string) => Promise<boolean>,
): Promise<DayOffset> {
  const questions = customers.flatMap(toQuestions).sort((one, other) => one.hours - other.hours);
  let [low, high] = [-1, questions.length];
  for (let asked = 0; asked < MOST_QUESTIONS && high - low > 1; asked += 1) {
    const middle = Math.floor((low + high) / 2);
    const question = questions[middle];
    if (question && (await isFrom(question.id, question.day))) low = middle;
    else high = middle;
  }
  const least = questions[low]?.hours ?? WIDEST.min;
  const most = questions[high]?.hours ?? WIDEST.max;
  return {
    min: Math.max(WIDEST.min, Math.floor(least - SUMMER_TIME_HOURS)),
    max: Math.min(WIDEST.max, Math.ceil(most + SUMMER_TIME_HOURS)),
  };
}
