// Addresses with parameters: each brings one segment, encoded, and never another one; host and scheme take none.

import type { Exchange } from '../exchange/exchange.ts';

const PARAMETER = /(\{[A-Za-z_][A-Za-z0-9_]*\*?\})/;
/** Stands in for the base address of an application. */
const NOWHERE = 'http://nowhere.invalid';

export interface PathTemplate {
  readonly origin: string;
  /** Path and query for one request. */
  readonly path: (exchange: Exchange) => string;
}

/** @param url  absolute, or with a leading slash */
export function pathTemplate(url: string): PathTemplate {
  const { origin, pathname, search } = new URL(url, NOWHERE);
  // `URL` encodes the braces of a template.
  const decoded = pathname.replaceAll('%7B', '{').replaceAll('%7D', '}');
  const parts = decoded.split(PARAMETER);
  if (parts.length === 1) return { origin, path: ({ query }) => pathname + (query === '' ? search : `?${query}`) };
  return {
    origin,
    path: ({ params, query }) =>
      parts.map((part) => filled(part, params)).join('') + (query === '' ? search : `?${query}`),
  };
}

/** Names of the parameters in the path of an address, a rest parameter with its star. */
export const parametersOf = (url: string): string[] =>
  [...url.matchAll(/\{([A-Za-z_][A-Za-z0-9_]*\*?)\}/g)].map(([, name]) => name!);

function filled(part: string, params: Exchange['params']): string {
  if (!part.startsWith('{')) return part;
  const rest = part.endsWith('*}');
  const value = params[part.slice(1, rest ? -2 : -1)] ?? '';
  return rest ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
}
