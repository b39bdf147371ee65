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

/**
 * Milliseconds until a service that says 429 has room again, from its RateLimit headers: `RateLimit: "a";r=0;t=30`, or
 * the older `RateLimit-Reset` and `X-RateLimit-Reset`, in seconds from now or as an instant.
 * @param now  epoch ms
 * @returns undefined when it says nothing of the kind
 */
export function rateLimitResetMs(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  now: number,
): number | undefined {
  const told = /(?:^|[;,\s])t=(\d{1,9})/.exec(String(headers.ratelimit ?? ''));
  if (told) return Number(told[1]) * 1_000;
  const reset = String(headers['ratelimit-reset'] ?? headers['x-ratelimit-reset'] ?? '');
  if (!/^\d{1,10}(\.\d+)?$/.test(reset)) return undefined;
  const seconds = Number(reset);
  // Nobody asks to wait for thirty years: a number that large is an instant.
  return seconds > 1_000_000_000 ? Math.max(0, seconds * 1_000 - now) : seconds * 1_000;
}
