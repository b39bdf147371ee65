/**
 * Milliseconds that a Retry-After header asks for: seconds, or a date (RFC 9110, 10.2.3).
 * @param now  epoch ms
 * @returns undefined when there is no such header or it cannot be read
 */
export function retryAfterMs(value: string | string[] | undefined, now: number): number | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
