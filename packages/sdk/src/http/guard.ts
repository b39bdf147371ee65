// No connection to where a stranger must not reach through us (server-side request forgery).
//
// The address is judged where the connection is made, not before: a name server that answers differently the second
// time, and every spelling of a host, end in the one address that is connected to.

import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { type Allowed, isLocalName, parseAddress, parseAllowList, refusalOf } from '@sluice/protocol';
import { buildConnector } from 'undici';
import { Fail } from '../step/errors.ts';

/** Only public addresses; `allow` opens further ones: `10.0.0.0/8`, `intra.example.com`, `localhost:3000`. */
export type Guard = true | { readonly allow: readonly string[] };

/** Comma separated: what the operator of this process opens for every guarded request. */
export const ALLOWED_ADDRESSES = 'SLUICE_ALLOWED_ADDRESSES';

/** The connection was not made. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'SLUICE_ADDRESS_REFUSED';
}

/** All entries that hold for a request: its own, and those of the operator. */
export function entriesOf(guard: Guard): string[] {
  const operators = (process.env[ALLOWED_ADDRESSES] ?? '').split(',');
  return [...(guard === true ? [] : guard.allow), ...operators].map((entry) => entry.trim()).filter(Boolean);
}

/**
 * Connects to allowed addresses only.
 * @param tls  options of TLS, passed on
 * @param lookup  asks for the addresses of a name
 * @throws Fail when an entry cannot be read
 */
export function guardedConnector(
  entries: readonly string[],
  tls: buildConnector.BuildOptions = {},
  lookup: LookupFunction = systemLookup as LookupFunction,
): buildConnector.connector {
  const allowed = allowedOf(entries);
  // The port is not known where names are looked up, so each port that matters has a connector of its own.
  const open = (port: number) =>
    buildConnector({ ...tls, lookup: guardedLookup(port, allowed, lookup) } as buildConnector.BuildOptions);
  const ports = new Map(allowed.flatMap(({ port }) => (port === null ? [] : [[port, open(port)] as const])));
  const elsewhere = open(0);
  return (options, callback) => {
    const host = options.hostname;
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    const refused = refusalAtOnce(host, port, allowed);
    if (refused) callback(refused, null);
    else (ports.get(port) ?? elsewhere)(options, callback);
  };
}

/** @throws Fail when an entry cannot be read */
export function allowedOf(entries: readonly string[]): readonly Allowed[] {
  const { allowed, problems } = parseAllowList(entries);
  if (problems.length === 0) return allowed;
  throw new Fail(
    `Allowed addresses are blocks, hosts, or hosts with a port (10.0.0.0/8, intra.example.com, localhost:3000), got: ${problems.join(', ')}. They stand in the request or in ${ALLOWED_ADDRESSES}.`,
  );
}

/** Of a host that is not looked up: an address, and what leads here by definition. */
export function refusalAtOnce(host: string, port: number, allowed: readonly Allowed[]): AddressRefused | null {
  const known = isIP(host) ? [host] : isLocalName(host) ? ['127.0.0.1', '::1'] : [];
  const refusals = known.map((address) => judge(host, port, address, allowed));
  return refusals.includes(null) ? null : (refusals[0] ?? null);
}

/** Gives only addresses of a name that are allowed at this port. */
export function guardedLookup(port: number, allowed: readonly Allowed[], lookup: LookupFunction): LookupFunction {
  return (host, options, callback) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const addresses = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }];
      const judged = addresses.map((one) => ({ one, refused: judge(host, port, one.address, allowed) }));
      const reachable = judged.filter(({ refused }) => refused === null).map(({ one }) => one);
      const [first] = reachable;
      if (!first) return callback(judged[0]?.refused ?? new AddressRefused(`"${host}" has no address.`), '');
      if (options.all) callback(null, reachable);
      else callback(null, first.address, first.family);
    });
}

/** The reason does not say the address behind a name: who may not reach a network may not explore it either. */
function judge(host: string, port: number, text: string, allowed: readonly Allowed[]): AddressRefused | null {
  const address = parseAddress(text);
  const kind = address ? refusalOf({ host, port, address }, allowed) : 'reserved';
  if (kind === null) return null;
  const entry = host.includes(':') ? `[${host}]` : host;
  return new AddressRefused(
    `"${host}" ${isIP(host) ? 'is' : 'leads to'} no public address (${kind}), and only public ones may be reached. If it is meant, the operator opens it with ${ALLOWED_ADDRESSES}=${entry}`,
  );
}
