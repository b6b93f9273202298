import type { DeprecatedElement } from '../../src/deprecations/deprecated-element.js';
import { judgeRemoval } from '../../src/deprecations/judge-removal.js';
import { toDeprecationHeaders } from '../../src/deprecations/to-deprecation-headers.js';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-23T12:00:00Z');

describe('the verdict on removing an element', () => {
  const facts = {
    now: NOW,
    windowDays: 30,
    observedSince: NOW - 31 * DAY,
    lastUsedAt: undefined,
    sunsetMs: undefined,
    isWhole: true,
  };

  it.each([
    ['safe', 'nobody used it in the window', {}],
    ['safe', 'the last use was before the window', { lastUsedAt: NOW - 30 * DAY - 1 }],
    ['safe', 'it was observed for just that long', { observedSince: NOW - 30 * DAY }],
    ['safe', 'its sunset is over', { sunsetMs: NOW }],
    ['in-use', 'it was used at the start of the window', { lastUsedAt: NOW - 30 * DAY }],
    ['in-use', 'it was used by a clock that is ahead', { lastUsedAt: NOW + DAY }],
    ['in-use', 'it was used, whatever was promised', { lastUsedAt: NOW, sunsetMs: NOW + DAY }],
    ['in-use', 'it was used past its sunset', { lastUsedAt: NOW, sunsetMs: NOW - DAY }],
    ['promised', 'its sunset is ahead', { sunsetMs: NOW + 1 }],
    ['unproven', 'the observation is too short', { observedSince: NOW - 30 * DAY + 1 }],
    ['unproven', 'the observation is not known', { observedSince: undefined }],
    ['unproven', 'others count what is not known here', { isWhole: false }],
  ])('is %s where %s', (verdict, _why, changes) => {
    expect(judgeRemoval({ ...facts, ...changes }).verdict).toBe(verdict);
  });

  it('tells from when the observation reaches', () => {
    expect(judgeRemoval({ ...facts, observedSince: Date.parse('2026-11-20T00:00:00Z') }).because).toContain(
      '2026-11-20',
    );
  });
});

describe('the headers of deprecated answers', () => {
  const element = (since?: string, sunset?: string): DeprecatedElement => ({
    coordinate: 'User.login',
    reason: '',
    sinceMs: since === undefined ? undefined : Date.parse(since),
    sunsetMs: sunset === undefined ? undefined : Date.parse(sunset),
  });

  it('are the earliest dates, each in the form of its RFC', () => {
    const elements = [element('2024-01-02', '2026-06-30'), element('2023-06-30', '2027-01-01'), element()];
    expect(toDeprecationHeaders(elements)).toEqual([
      ['deprecation', '@1688083200'],
      ['sunset', 'Tue, 30 Jun 2026 00:00:00 GMT'],
    ]);
  });

  it('are left out without a date', () => {
    expect(toDeprecationHeaders([element()])).toEqual([]);
    expect(toDeprecationHeaders([element('2024-01-02')])).toEqual([['deprecation', '@1704153600']]);
  });
});
