// Headers between two connections: what belongs to one of them is not handed on to the other.
//
// RFC 9110, section 7.6.1: a proxy removes the fields that `Connection` names, and those that are known to be of one hop.

import type { IncomingHttpHeaders } from 'node:http';

/** Of one connection, whoever is at its ends. */
export const HOP_HEADERS = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
] as const;
/** The last two are said by a proxy in front, to us (RFC 9440). */
const OF_ONE_HOP: ReadonlySet<string> = new Set([...HOP_HEADERS, 'client-cert', 'client-cert-chain']);

/** Of the client's request, what may go on; a new object. Credentials are taken out by those who have read them. */
export function handedOn(headers: IncomingHttpHeaders): Record<string, string> {
  const named = namedByConnection(headers.connection);
  const kept: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || OF_ONE_HOP.has(name) || named?.has(name)) continue;
    kept[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return kept;
}

/** Of an answer, what may go back to the client; a new object. */
export function handedBack(headers: IncomingHttpHeaders): Record<string, string | readonly string[]> {
  const named = namedByConnection(headers.connection);
  const kept: Record<string, string | readonly string[]> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || OF_ONE_HOP.has(name) || named?.has(name)) continue;
    kept[name] = value;
  }
  return kept;
}

function namedByConnection(connection: string | readonly string[] | undefined): ReadonlySet<string> | null {
  if (connection === undefined) return null;
  const text = typeof connection === 'string' ? connection : connection.join(',');
  if (text === 'keep-alive' || text === 'close') return null;
  return new Set(text.split(',').map((name) => name.trim().toLowerCase()));
}
