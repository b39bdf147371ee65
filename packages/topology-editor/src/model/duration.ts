// Milliseconds as people write them: "90s", "1h 30m", "250ms".

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

export function durationText(ms: number): string {
  if (ms === 0) return '0s';
  let left = ms;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count}${unit}`);
    left -= count * size;
  }
  return parts.join(' ');
}

/** @returns milliseconds; null when the text is no duration. A plain number is seconds. */
export function parseDuration(text: string): number | null {
  const plain = text.trim().toLowerCase();
  if (/^\d+(\.\d+)?$/.test(plain)) return Math.round(Number(plain) * 1_000);
  if (!/^(\d+(\.\d+)?\s*(ms|[dhms])\s*)+$/.test(plain)) return null;
  let total = 0;
  for (const [, count, unit] of plain.matchAll(/(\d+(?:\.\d+)?)\s*(ms|[dhms])/g))
    total += Number(count) * UNITS.find(([name]) => name === unit)![1];
  return Math.round(total);
}
