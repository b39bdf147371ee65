import { expect, test } from 'vitest';
import { rateLimitResetMs } from './retry-after.ts';

const NOW = 1_800_000_000_000;

test.each([
  [{ ratelimit: '"default";r=0;t=30' }, 30_000],
  [{ ratelimit: 'limit=10, remaining=0, reset=5', 'ratelimit-reset': '5' }, 5_000],
  [{ 'ratelimit-reset': '12' }, 12_000],
  [{ 'x-ratelimit-reset': '1800000007' }, 7_000],
  [{ 'x-ratelimit-reset': '1700000000' }, 0],
  [{ 'x-ratelimit-reset': 'soon' }, undefined],
  [{}, undefined],
])('B11: of the headers %o the wait is %s ms', (headers, ms) => {
  expect(rateLimitResetMs(headers, NOW)).toBe(ms);
});
