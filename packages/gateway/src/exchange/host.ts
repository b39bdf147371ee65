// Which host a request is for, refused where two readers could understand it in two ways.

import type { IncomingMessage } from 'node:http';
import { SluiceError } from '@sluice/protocol';

/** A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]{0,252}[a-z0-9])?\.?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * Without the port and the last dot, in lower case.
 * @throws SluiceError `gateway.host_refused`
 */
export function hostOf(request: IncomingMessage): string {
  const { host } = request.headers;
  if (host === undefined || host === '') return refuse('there is none');
  if (countOf('host', request.rawHeaders) > 1) return refuse('there are several');
  if (!HOST.test(host)) return refuse('it is neither a name nor an address');
  const port = host.lastIndexOf(':');
  const name = port > host.lastIndexOf(']') ? host.slice(0, port) : host;
  if (name !== host && Number(host.slice(port + 1)) > 65_535) return refuse('it has a port that there is not');
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();
}

/** Node keeps the first one and says nothing of the others. */
function countOf(name: string, raw: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < raw.length; at += 2)
    if (raw[at]!.length === name.length && raw[at]!.toLowerCase() === name) count++;
  return count;
}

function refuse(why: string): never {
  throw new SluiceError('gateway.host_refused', { why });
}
