// Where a person goes on after a provider: a path of this platform, or nowhere.

import { SluiceError } from '@sluice/protocol';

/** @throws SluiceError `authorisation.bad_return` for everything that leads elsewhere */
export function returnPath(returnTo: string | null): string | null {
  if (returnTo === null || returnTo === '') return null;
  const base = 'http://platform.invalid';
  // Browsers take a backslash for a slash, and forget tabs and line ends.
  const plain = /^\/(?![/\\])[\x21-\x7e]*$/.test(returnTo) && !returnTo.includes('\\');
  const url = plain && URL.canParse(returnTo, base) ? new URL(returnTo, base) : null;
  if (url?.origin !== base) throw new SluiceError('authorisation.bad_return', { returnTo: returnTo.slice(0, 200) });
  return `${url.pathname}${url.search}${url.hash}`;
}
