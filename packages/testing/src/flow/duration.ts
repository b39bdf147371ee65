// Times as people write them: "30 days", "1h 30m", "1.5 s". Bare numbers are milliseconds.

import { SluiceError } from '@sluice/protocol';

export type Duration = number | string;

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};
const SHORT: Readonly<Record<string, string>> = {
  second: 's',
  sec: 's',
  minute: 'm',
  min: 'm',
  hour: 'h',
  day: 'd',
  week: 'w',
};

/** @throws SluiceError `test.duration_invalid` */
export function milliseconds(duration: Duration): number {
  if (typeof duration === 'number' && duration >= 0 && Number.isFinite(duration)) return duration;
  const parts = [...String(duration).matchAll(/\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*/gy)];
  const read = parts.map(([part]) => part).join('').length;
  const sum = parts.reduce((total, [, amount, word]) => total + Number(amount) * unitOf(word!), 0);
  if (typeof duration !== 'string' || parts.length === 0 || read !== duration.length || Number.isNaN(sum))
    throw new SluiceError('test.duration_invalid', { got: String(duration) });
  return Math.round(sum);
}

/** Epoch milliseconds of an ISO date. */
export function instant(date: string): number {
  const at = Date.parse(date);
  if (Number.isNaN(at)) throw new TypeError(`An ISO date such as 2026-01-01T00:00:00Z was expected, got "${date}".`);
  return at;
}

function unitOf(word: string): number {
  const single = word.length > 2 ? word.replace(/s$/, '') : word;
  return UNITS[SHORT[single] ?? single] ?? Number.NaN;
}

/** Milliseconds in the same words, as short as they go. */
export function inWords(ms: number): string {
  if (ms === 0) return '0';
  const words: string[] = [];
  let left = ms;
  for (const unit of ['d', 'h', 'm'] as const) {
    const count = Math.floor(left / UNITS[unit]!);
    left -= count * UNITS[unit]!;
    if (count > 0) words.push(`${count}${unit}`);
  }
  if (left > 0) words.push(left < 1_000 ? `${left}ms` : `${left / 1_000}s`);
  return words.join(' ');
}
