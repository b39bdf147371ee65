// Durations of ISO 8601. Months and years have no fixed length, so they are no durations here.

const DURATION =
  /^P(?=.)(?:(\d{1,9}(?:\.\d{1,9})?)W)?(?:(\d{1,9}(?:\.\d{1,9})?)D)?(?:T(?=.)(?:(\d{1,9}(?:\.\d{1,9})?)H)?(?:(\d{1,12}(?:\.\d{1,9})?)M)?(?:(\d{1,12}(?:\.\d{1,9})?)S)?)?$/;
const UNITS = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000];

/** Milliseconds, or null when it is no duration of fixed length. */
export function millisOf(text: string): number | null {
  const match = DURATION.exec(text);
  if (!match) return null;
  const total = UNITS.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0);
  return Math.round(total);
}

export function durationOf(millis: number): string {
  const seconds = Math.floor(millis / 1_000);
  const rest = millis % 1_000;
  return `PT${seconds}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}S`;
}
