// Where a connection that is not HTTP may lead: the same judgement as for requests, for drivers that take the options of a
// socket, and for those that take nothing but an address.

import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction, Socket } from 'node:net';
import { allowedOf, entriesOf, type Guard, guardedLookup, refusalAtOnce } from '../http/guard.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  /** Given to `net.connect`: it finds allowed addresses only. */
  readonly lookup: LookupFunction;
}

/**
 * Options for `net.connect` and `tls.connect` that reach allowed addresses only.
 * @throws AddressRefused at once for a host that is not looked up
 */
export function guardedTarget(
  host: string,
  port: number,
  guard: Guard = true,
  lookup: LookupFunction = systemLookup as LookupFunction,
): Target {
  const allowed = allowedOf(entriesOf(guard));
  const refused = refusalAtOnce(host, port, allowed);
  if (refused) throw refused;
  return { host, port, lookup: guardedLookup(port, allowed, lookup) };
}

/**
 * The address of a host, judged: for drivers that look names up themselves. Connect to it and to nothing else, for a second
 * look could find another one.
 * @throws AddressRefused
 */
export function allowedAddress(target: Target): Promise<string> {
  const { host, lookup } = target;
  if (isIP(host)) return Promise.resolve(host);
  return new Promise((resolve, reject) => {
    lookup(host, { all: false }, (error, address) => (error ? reject(error) : resolve(String(address))));
  });
}

/** A socket for drivers that call `connect(port, host)` themselves: it connects to its target. */
export class GuardedSocket extends Socket {
  readonly #target: Target;

  constructor(target: Target) {
    super();
    this.#target = target;
  }

  override connect(): this {
    return super.connect(this.#target);
  }
}
