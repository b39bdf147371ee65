// Blocks of addresses that do not lead to the public internet: the special-purpose registries of IANA (RFC 6890 and
// successors), and where clouds answer their machines with credentials.

/**
 * `public` anybody's · `loopback` this machine · `private` the network of a company · `shared` a carrier's (RFC 6598) ·
 * `link-local` this wire · `metadata` where a cloud hands credentials to its machines · `multicast` many ·
 * `reserved` for documentation, for measurements, or for nobody.
 */
export type AddressKind =
  | 'public'
  | 'loopback'
  | 'private'
  | 'shared'
  | 'link-local'
  | 'metadata'
  | 'multicast'
  | 'reserved';

/** The first block that holds an address says what it is; IPv4 in none of them is public. */
export const IPV4_BLOCKS: readonly (readonly [cidr: string, kind: AddressKind])[] = [
  ['169.254.169.254/32', 'metadata'],
  ['169.254.170.2/32', 'metadata'],
  ['100.100.100.200/32', 'metadata'],
  ['168.63.129.16/32', 'metadata'],
  ['192.0.0.192/32', 'metadata'],
  ['0.0.0.0/8', 'reserved'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'reserved'],
  ['192.88.99.0/24', 'reserved'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'reserved'],
  ['198.51.100.0/24', 'reserved'],
  ['203.0.113.0/24', 'reserved'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
];

/** As above; what is in none of them is reserved, for only 2000::/3 was ever given out. */
export const IPV6_BLOCKS: readonly (readonly [cidr: string, kind: AddressKind])[] = [
  ['fd00:ec2::254/128', 'metadata'],
  ['fd20:ce::254/128', 'metadata'],
  ['fd00:42::42/128', 'metadata'],
  ['::1/128', 'loopback'],
  ['fc00::/7', 'private'],
  ['fec0::/10', 'private'],
  ['fe80::/10', 'link-local'],
  ['ff00::/8', 'multicast'],
  ['2001::/23', 'reserved'],
  ['2001:db8::/32', 'reserved'],
  ['3fff::/20', 'reserved'],
  ['2000::/3', 'public'],
];

/** Blocks of IPv6 that carry an IPv4 address, and how many bits stand after it: what they lead to is what it leads to. */
export const IPV4_CARRIERS: readonly (readonly [cidr: string, bitsAfter: bigint])[] = [
  ['::ffff:0:0/96', 0n],
  ['::ffff:0:0:0/96', 0n],
  ['64:ff9b::/96', 0n],
  ['2002::/16', 80n],
];
