/** Settings under which nothing sheds load or times out because the machine is busy. Tests of such limits override them. */
export const STEADY_ENV: Readonly<Record<string, string>> = {
  MAX_EVENT_LOOP_DELAY_MS: '0',
  ARRIVAL_TIMEOUT_MS: '60000',
  UPSTREAM_TIMEOUT_MS: '60000',
  UPSTREAM_LIST_TIMEOUT_MS: '60000',
  REQUEST_TIMEOUT_MS: '60000',
  REDIS_TIMEOUT_MS: '2000',
};
