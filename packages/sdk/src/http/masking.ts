// No secret in a log line or a measurement.

const SECRET = /auth|token|secret|passw|pwd|api[-_]?key|cookie|signature|session|credential/i;
const MASK = '***';

/** Whether something of this name is not for other eyes. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}

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

/** A text of the other side without the secrets that were sent to it: servers like to repeat what they refuse. */
export function maskSent(text: string, headers: Readonly<Record<string, string>>, url: URL): string {
  const secrets = Object.entries(headers).flatMap(([name, value]) =>
    // "Bearer abc" is repeated as "abc" as well.
    SECRET.test(name) ? [value, ...value.split(' ').slice(1)] : [],
  );
  for (const [name, value] of url.searchParams) if (SECRET.test(name)) secrets.push(value);
  secrets.push(decodeURIComponent(url.password));
  // Longest first, so that no rest of one stays; what is very short would mask half of the text.
  return secrets
    .filter((secret) => secret.length > 3)
    .sort((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}
