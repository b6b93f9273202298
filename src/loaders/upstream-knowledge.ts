/** What has been learned of one upstream, for all callers alike. Nothing in it tells one caller's data to another. */
export interface UpstreamKnowledge {
  multiIdFilter: 'works' | 'fails' | 'unknown';
  readonly singleMs: number;
  readonly pageMs: number;
  observe(kind: 'single' | 'page', milliseconds: number): void;
}

export type MultiIdFilterSetting = 'auto' | 'on' | 'off';

/** Weight of the newest observation in the moving average. */
const NEWEST = 0.2;
const ASSUMED_MS = { single: 20, page: 80 };
const ASSUMED_FILTER = { auto: 'unknown', on: 'works', off: 'fails' } as const;

export function createUpstreamKnowledge(setting: MultiIdFilterSetting): UpstreamKnowledge {
  const averages = { ...ASSUMED_MS };
  let multiIdFilter: UpstreamKnowledge['multiIdFilter'] = ASSUMED_FILTER[setting];
  return {
    get multiIdFilter() {
      return multiIdFilter;
    },
    set multiIdFilter(learned) {
      if (setting === 'auto') multiIdFilter = learned;
    },
    get singleMs() {
      return averages.single;
    },
    get pageMs() {
      return averages.page;
    },
    observe(kind, milliseconds) {
      averages[kind] += NEWEST * (milliseconds - averages[kind]);
    },
  };
}
