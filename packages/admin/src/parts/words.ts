// Times, sizes and counts in words.

const numbers = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const moments = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });

export const count = (value: number): string => numbers.format(value);
export const short = (value: number): string => (value < 10_000 ? numbers.format(value) : compact.format(value));
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${numbers.format(value)} ${value === 1 ? one : many}`;

/** @param at  epoch ms */
export const moment = (at: number): string => moments.format(at);

/** As short as it stays clear: the clock today, the day before that. */
export function when(at: number, now = Date.now()): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return sameDay ? clock.format(at) : `${day.format(at)}, ${clock.format(at).slice(0, 5)}`;
}

const STEPS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const;

/** A time span by its two largest units. */
export function duration(ms: number): string {
  if (ms < 1) return '0 ms';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  const index = STEPS.findIndex(([size]) => ms >= size);
  const [size, unit] = STEPS[index]!;
  const rest = STEPS[index + 1];
  const more = rest ? Math.floor((ms % size) / rest[0]) : 0;
  return `${Math.floor(ms / size)} ${unit}${rest && more > 0 ? ` ${more} ${rest[1]}` : ''}`;
}

export function bytes(size: number): string {
  if (size < 1_024) return `${size} B`;
  if (size < 1_048_576) return `${(size / 1_024).toFixed(1)} KB`;
  return `${(size / 1_048_576).toFixed(1)} MB`;
}
