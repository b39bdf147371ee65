// Whether a request may come from where it says: a page of any site can make a browser send requests to this machine, and
// by rebinding its name it can even read the answers. Such a request carries the name of the site.

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * @param allowed  origins beside this machine, such as `https://chat.example.com`
 * @param loopbackOnly  nobody but this machine can reach the server, so its name must be one of this machine
 */
export function isTrustedCaller(
  headers: { readonly origin?: string | undefined; readonly host?: string | undefined },
  allowed: readonly string[],
  loopbackOnly: boolean,
): boolean {
  const { origin, host } = headers;
  if (loopbackOnly && !LOOPBACK.has(hostname(`http://${host ?? ''}`))) return false;
  // Programs send none.
  return origin === undefined || allowed.includes(origin) || LOOPBACK.has(hostname(origin));
}

function hostname(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
