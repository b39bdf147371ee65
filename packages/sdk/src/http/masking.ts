// No secret in a log line or a measurement.

const SECRET = /auth|token|secret|passw|pwd|api[-_]?key|cookie|signature|session|credential/i;
const MASK = '***';

/** The URL without user, password and the values of secret-looking parameters. */
export function maskUrl(url: URL): string {
  const masked = new URL(url);
  masked.username = masked.username && MASK;
  masked.password = '';
  for (const name of [...masked.searchParams.keys()]) if (SECRET.test(name)) masked.searchParams.set(name, MASK);
  return masked.href;
}

export function maskHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, SECRET.test(name) ? MASK : value]));
}
