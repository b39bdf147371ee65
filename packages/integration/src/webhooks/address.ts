// Where services deliver.

const PATH = '/hooks/';

export const addressOf = (base: string, secret: string): string => `${base}${PATH}${secret}`;

/** The secret of an address that leads here, or null. */
export function secretIn(url: string, base: string): string | null {
  const before = `${base}${PATH}`;
  if (!url.startsWith(before)) return null;
  const secret = /^[\w-]+/.exec(url.slice(before.length))?.[0];
  return secret ?? null;
}

/** An address that may be shown. */
export const shownAddress = (base: string, secret: string): string => `${addressOf(base, secret.slice(0, 6))}…`;
