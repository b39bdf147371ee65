// Which of the addresses that are not public may be reached all the same: a list of blocks, hosts, and hosts with a port.

import { type Address, addressOfHost, type Block, contains, isLocalName, kindOf, parseBlock } from './addresses.ts';
import type { AddressKind } from './special-blocks.ts';

export interface Allowed {
  readonly block: Block | null;
  /** Lower case; null when it is a block. */
  readonly host: string | null;
  /** null is every port. */
  readonly port: number | null;
}

/** Where a connection would go. */
export interface Destination {
  /** As the URL says: a name, or an address. */
  readonly host: string;
  readonly port: number;
  readonly address: Address;
}

/**
 * Entries such as `10.0.0.0/8`, `fd00::/8`, `192.168.1.7:8080`, `[::1]:8080`, `intra.example.com`, `localhost:3000`.
 * @returns `problems`: the entries that are none of these
 */
export function parseAllowList(entries: readonly string[]): { allowed: Allowed[]; problems: string[] } {
  const allowed: Allowed[] = [];
  const problems: string[] = [];
  for (const entry of entries.map((text) => text.trim()).filter(Boolean)) {
    const one = parseEntry(entry);
    if (one) allowed.push(one);
    else problems.push(entry);
  }
  return { allowed, problems };
}

/** @returns null when a connection may go there, else the kind of address that it must not reach */
export function refusalOf({ host, port, address }: Destination, allowed: readonly Allowed[]): AddressKind | null {
  const kind = kindOf(address);
  const refused = kind === 'public' && isLocalName(host) ? 'loopback' : kind;
  if (refused === 'public') return null;
  const name = nameOf(host);
  const open = allowed.some(
    (one) => (one.port === null || one.port === port) && (one.block ? contains(one.block, address) : one.host === name),
  );
  return open ? null : refused;
}

function parseEntry(entry: string): Allowed | null {
  const block = parseBlock(entry);
  if (block) return { block, host: null, port: null };
  const [, head = '', digits] = /^(\[[^\]]+\]|[^:/\s]+)(?::(\d{1,5}))?$/.exec(entry) ?? [];
  const port = digits === undefined ? null : Number(digits);
  if (port !== null && (port < 1 || port > 65_535)) return null;
  const address = head && addressOfHost(head);
  if (address) return { block: { ...address, prefix: address.bits }, host: null, port };
  return /^[\p{L}\p{N}_.-]+$/u.test(head) ? { block: null, host: nameOf(head), port } : null;
}

/** As a URL has it: lower case, other alphabets as punycode, no dot at the end. */
function nameOf(host: string): string {
  const url = `http://${host}/`;
  return (URL.canParse(url) ? new URL(url).hostname : host.toLowerCase()).replace(/\.+$/, '');
}
