// The `Link` header (RFC 8288), by which many services say where the next page is.

import type { HttpResponse } from './response.ts';

/**
 * The query of a linked address. Only that: a cursor that were an address would let the answer of a service choose where the
 * credentials of the next request go.
 * @param relation  such as `next`
 * @returns undefined when there is no such link, or it has no query
 */
export function linkedQuery(response: HttpResponse, relation: string): URLSearchParams | undefined {
  const header = [response.headers.link ?? []].flat().join(', ');
  for (const [, target, attributes] of header.matchAll(
    /<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s",;]+))*)/g,
  )) {
    const named = /(?:^|;)\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i.exec(attributes!);
    if (!(named?.[1] ?? named?.[2] ?? '').split(/\s+/).includes(relation)) continue;
    const base = 'https://relative.invalid';
    const query = URL.canParse(target!, base) ? new URL(target!, base).searchParams : undefined;
    return query && query.size > 0 ? query : undefined;
  }
  return undefined;
}
