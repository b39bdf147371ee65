// Which version a request gets. The same caller always gets the same one, on every replica, so that a client does not
// see two versions by turns.

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RouteTraffic } from '@sluice/protocol';

export function pickVersion(traffic: RouteTraffic, request: IncomingMessage): number {
  if (traffic.length === 1) return traffic[0]!.version;
  let place = placeOf(callerOf(request));
  for (const { version, percent } of traffic) {
    if (place < percent) return version;
    place -= percent;
  }
  return traffic[traffic.length - 1]!.version;
}

/** What tells callers apart before anybody asked who they are. */
function callerOf({ headers, socket }: IncomingMessage): string {
  return String(headers['x-api-key'] ?? headers.authorization ?? socket.remoteAddress ?? '');
}

/** 0 to 100, evenly spread. */
const placeOf = (caller: string): number =>
  (createHash('sha256').update(caller).digest().readUInt32BE() / 2 ** 32) * 100;
