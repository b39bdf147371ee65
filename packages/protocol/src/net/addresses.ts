// What an IP address leads to: the public internet, or something that a stranger must not reach through us.

import { type AddressKind, IPV4_BLOCKS, IPV4_CARRIERS, IPV6_BLOCKS } from './special-blocks.ts';

export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface Block extends Address {
  /** Leading bits that all its addresses share. */
  readonly prefix: number;
}

/**
 * An address as connections name it: IPv4 in four decimal numbers, IPv6 in every spelling, brackets and zone included.
 * An IPv4 address that is only written as IPv6 (`::ffff:10.0.0.1`) is read as what it is.
 * @returns null when it is none
 */
export function parseAddress(text: string): Address | null {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  if (!bare.includes(':')) return parseIpv4(bare);
  const value = parseIpv6(bare.replace(/%[\w.-]+$/, ''));
  if (value === null) return null;
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

/**
 * The address that a host of a URL is, if it is one: `0x7f.1`, `017700000001` and `2130706433` are all 127.0.0.1.
 * @returns null when it is a name, or nothing
 */
export function addressOfHost(host: string): Address | null {
  const url = `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}/`;
  return parseAddress(host) ?? (URL.canParse(url) ? parseAddress(new URL(url).hostname) : null);
}

/** @returns `reserved` for what is no address at all */
export function kindOfAddress(text: string): AddressKind {
  const address = parseAddress(text);
  return address ? kindOf(address) : 'reserved';
}

export function kindOf(address: Address): AddressKind {
  if (address.bits === 32) return IPV4.find(([block]) => contains(block, address))?.[1] ?? 'public';
  const carrier = CARRIERS.find(([block]) => contains(block, address));
  if (carrier) return kindOf({ bits: 32, value: (address.value >> carrier[1]) & 0xffffffffn });
  // ISATAP (RFC 5214): behind any network, the last four bytes are an IPv4 address of its inside.
  if (((address.value >> 32n) & 0xfcffffffn) === 0x5efen) return 'private';
  return IPV6.find(([block]) => contains(block, address))?.[1] ?? 'reserved';
}

/** Whether the name is this machine's by definition (RFC 6761), whatever a name server says. */
export function isLocalName(host: string): boolean {
  return /(^|\.)localhost\.*$/i.test(host);
}

/** `10.0.0.0/8`, `fd00::/8`, or one address. @returns null when it is none */
export function parseBlock(text: string): Block | null {
  const [, head = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = parseAddress(head);
  if (!address) return null;
  const prefix = length === undefined ? address.bits : Number(length);
  return prefix <= address.bits ? { ...address, prefix } : null;
}

export function contains(block: Block, address: Address): boolean {
  if (block.bits !== address.bits) return false;
  const rest = BigInt(block.bits - block.prefix);
  return block.value >> rest === address.value >> rest;
}

/**
 * What one person behind an address can be expected to have: an IPv4 address, or all of its /64 (RFC 6177). What is no address
 * stays as it is.
 */
export function networkOf(text: string): string {
  const address = parseAddress(text);
  if (!address) return text;
  const first = (count: number, bits: number): bigint[] =>
    Array.from({ length: count }, (_, at) =>
      BigInt.asUintN(bits, address.value >> BigInt(address.bits - bits * (at + 1))),
    );
  if (address.bits === 32) return first(4, 8).join('.');
  return `${first(4, 16)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

function parseIpv4(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null;
  return { bits: 32, value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) };
}

function parseIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(groupsOf);
  if (!head || tail === null) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array<bigint>(missing).fill(0n), ...(tail ?? [])];
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

function groupsOf(half: string): bigint[] | null {
  if (half === '') return [];
  const groups: bigint[] = [];
  const parts = half.split(':');
  for (const [index, part] of parts.entries()) {
    const ipv4 = index === parts.length - 1 && part.includes('.') ? parseIpv4(part) : null;
    if (ipv4) groups.push(ipv4.value >> 16n, ipv4.value & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}

const IPV4 = IPV4_BLOCKS.map(([cidr, kind]) => [blockOf(cidr), kind] as const);
const IPV6 = IPV6_BLOCKS.map(([cidr, kind]) => [blockOf(cidr), kind] as const);
const CARRIERS = IPV4_CARRIERS.map(([cidr, bitsAfter]) => [blockOf(cidr), bitsAfter] as const);

/** A block of our own tables, which say themselves whether they are IPv6. */
function blockOf(cidr: string): Block {
  const [head = '', prefix] = cidr.split('/');
  const value = head.includes(':') ? parseIpv6(head) : parseIpv4(head)?.value;
  if (typeof value !== 'bigint') throw new Error(`${cidr} is no block of addresses`);
  return { bits: head.includes(':') ? 128 : 32, value, prefix: Number(prefix) };
}
