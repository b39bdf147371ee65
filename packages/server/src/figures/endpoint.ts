// Where a remote call went. An endpoint is what it has in common with others: parts that look like ids are one.

const ID = /^(?:\d+|[0-9a-f]{8,}|[0-9a-f]{8}-[0-9a-f-]{27}|(?=[^\d]*\d[^\d]*\d)[\w.~%-]{12,})$/i;
const MOST_CHARACTERS = 200;

export interface Place {
  readonly host: string;
  /** With its query. */
  readonly path: string;
}

export function placeOf(url: string): Place {
  try {
    const { host, pathname, search } = new URL(url);
    return { host, path: `${pathname}${search}` };
  } catch {
    return { host: url, path: '' };
  }
}

// /orders/17/items?page=2 becomes /orders/*/items.
export function endpointOf(path: string): string {
  const [plain = ''] = path.split('?', 1);
  return plain
    .split('/')
    .map((part) => (ID.test(part) ? '*' : part))
    .join('/')
    .slice(0, MOST_CHARACTERS);
}
