// Which version a request gets. The same caller always gets the same one, on every replica, so that a client does not
// see two versions by turns.

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type RouteTraffic, SluiceError } from '@sluice/protocol';
import type { StoredRoute } from './route-book.ts';

export function pickVersion(traffic: RouteTraffic, request: IncomingMessage): number {
  if (traffic.length === 1) return traffic[0]!.version;
  let place = placeOf(callerOf(request));
  for (const { version, percent } of traffic) {
    if (place < percent) return version;
    place -= percent;
  }
  return traffic[traffic.length - 1]!.version;
}

/**
 * Only versions that take the same requests may share them: a request is routed before its version is chosen.
 * @returns without those that get nothing
 * @throws SluiceError `gateway.traffic_invalid`, `gateway.version_unknown`
 */
export function checkedTraffic({ name, versions }: StoredRoute, traffic: RouteTraffic): RouteTraffic {
  for (const { version } of traffic)
    if (!versions[version]) throw new SluiceError('gateway.version_unknown', { name, version });
  const used = traffic.filter(({ percent }) => percent > 0);
  const places = new Set(used.map(({ version }) => placeOfVersion(versions[version]!)));
  const sum = used.reduce((total, { percent }) => total + percent, 0);
  const problems = [
    ...(Math.abs(sum - 100) > 1e-6 ? [`the percentages add up to ${sum}, not to 100`] : []),
    ...(new Set(used.map(({ version }) => version)).size < used.length ? ['a version is named twice'] : []),
    ...(places.size > 1 ? ['the versions differ in host, path or methods'] : []),
  ];
  if (problems.length > 0) throw new SluiceError('gateway.traffic_invalid', { name, problems });
  return used;
}

const placeOfVersion = ({ host, path, methods }: StoredRoute['versions'][string]): string =>
  JSON.stringify([host, path, [...methods].sort()]);

/** What tells callers apart before anybody asked who they are. */
function callerOf({ headers, socket }: IncomingMessage): string {
  return String(headers['x-api-key'] ?? headers.authorization ?? socket.remoteAddress ?? '');
}

/** 0 to 100, evenly spread. */
const placeOf = (caller: string): number =>
  (createHash('sha256').update(caller).digest().readUInt32BE() / 2 ** 32) * 100;
