export type MultiIdFilterSetting = 'auto' | 'on' | 'off';

/** Hours that the clock of the upstream's days may be ahead of UTC: 1 to 2 for Central Europe, all year. */
export interface DayOffset {
  readonly min: number;
  readonly max: number;
}

/** Settings of one upstream for points that its OpenAPI document leaves open. */
export interface UpstreamTraits {
  readonly multiIdFilter: MultiIdFilterSetting;
  /** Items that one list request may ask for. */
  readonly pageSize: number;
  readonly dayOffset: DayOffset;
}

const HOUR_MS = 3_600_000;

/** The earliest day that an instant may belong to upstream: 2024-05-06T01:00Z, 2 hours behind UTC at most → `2024-05-05`. */
export const firstDayOf = (instantMs: number, { min }: DayOffset): string =>
  new Date(instantMs + min * HOUR_MS).toISOString().slice(0, 10);
