import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressOfHost, kindOf, kindOfAddress, parseAddress, parseAllowList, parseBlock, refusalOf } from '../index.ts';

const KINDS: readonly [kind: string, ...addresses: string[]][] = [
  ['public', '8.8.8.8', '1.1.1.1', '172.32.0.1', '192.167.255.255', '100.128.0.1', '2606:4700:4700::1111'],
  ['public', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2002:808:808::1', '169.253.255.255', '223.255.255.255'],
  ['loopback', '127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1', '[::1]', '::1%lo0'],
  ['loopback', '::ffff:127.0.0.1', '::ffff:7f00:1', '::FFFF:7F00:0001', '::ffff:0:7f00:1', '64:ff9b::7f00:1'],
  ['loopback', '2002:7f00:1::', '0000:0000:0000:0000:0000:ffff:127.0.0.1'],
  ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fdff::', 'fec0::1'],
  ['private', '::ffff:10.0.0.1', '64:ff9b::192.168.1.1', '2002:c0a8:101::1', '2a00:1::5efe:8.8.8.8'],
  ['private', '2a00:1::200:5efe:10.0.0.1'],
  ['shared', '100.64.0.1', '100.127.255.255'],
  ['link-local', '169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  ['metadata', '169.254.169.254', '::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::', 'fd00:ec2::254'],
  ['metadata', '100.100.100.200', '168.63.129.16'],
  ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1'],
  ['reserved', '0.0.0.0', '0.1.2.3', '255.255.255.255', '240.0.0.1', '192.0.2.1', '198.18.0.1', '203.0.113.9'],
  ['reserved', '::', '::127.0.0.1', '::8.8.8.8', '2001::1', '2001:db8::1', '3fff::1', '64:ff9b:1::1', '4000::1'],
];

describe('what an address leads to', () => {
  test.each(KINDS.flatMap(([kind, ...addresses]) => addresses.map((address) => [address, kind])))(
    '%s is %s',
    (address, kind) => expect(kindOfAddress(address)).toBe(kind),
  );

  test.each(['', '1', '127.1', '0177.0.0.1', '256.1.1.1', '1.2.3.4.5', ':', ':::', '1::2::3', '1:2:3:4:5:6:7', 'g::'])(
    'what is no address is never public: %j',
    (text) => {
      expect(parseAddress(text)).toBeNull();
      expect(kindOfAddress(text)).toBe('reserved');
    },
  );

  test.each([
    ...['127.0.0.1', '127.1', '0x7f.1', '0x7f000001', '017700000001', '2130706433', '0177.0.0.1', '127.0.0.1.'],
    ...['１２７.0.0.1', '127。0。0。1', '[::ffff:7f00:1]', '[::ffff:127.0.0.1]', '::1'],
  ])('a host of a URL that is loopback in disguise is seen: %s', (host) => {
    expect(kindOf(addressOfHost(host)!)).toBe('loopback');
  });

  test('a name is no address', () => {
    for (const host of ['localhost', 'example.com', 'a b', '', '1.example.com']) expect(addressOfHost(host)).toBeNull();
  });

  test('hostile text never throws', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789abcdef:.[]%/x') }));
    fc.assert(
      fc.property(text, (one) => {
        kindOfAddress(one);
        addressOfHost(one);
        parseBlock(one);
        parseAllowList([one]);
      }),
    );
  });

  test('every IPv4 address keeps its kind in every carrier of IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        for (const carrier of ['::ffff:', '64:ff9b::', '::ffff:0:'])
          expect(kindOfAddress(carrier + address)).toBe(kindOfAddress(address));
      }),
    );
  });
});

describe('an allow list', () => {
  const refused = (host: string, port: number, address: string, ...entries: string[]) =>
    refusalOf({ host, port, address: parseAddress(address)! }, parseAllowList(entries).allowed);

  test('opens blocks, hosts, and hosts at one port, and nothing else', () => {
    expect(refused('a', 80, '10.1.2.3')).toBe('private');
    expect(refused('a', 80, '10.1.2.3', '10.0.0.0/8')).toBeNull();
    expect(refused('a', 80, '::ffff:10.1.2.3', '10.0.0.0/8')).toBeNull();
    expect(refused('a', 80, '11.0.0.0', '10.0.0.0/8')).toBeNull();
    expect(refused('a', 80, '127.0.0.1', '10.0.0.0/8', '127.0.0.2')).toBe('loopback');
    expect(refused('Intra.Example.com.', 80, '10.1.2.3', 'intra.example.com')).toBeNull();
    expect(refused('evil.intra.example.com', 80, '10.1.2.3', 'intra.example.com')).toBe('private');
    expect(refused('localhost', 3000, '127.0.0.1', 'localhost:3000')).toBeNull();
    expect(refused('localhost', 3001, '127.0.0.1', 'localhost:3000')).toBe('loopback');
    expect(refused('[::1]', 3000, '::1', '[::1]:3000')).toBeNull();
    expect(refused('x', 3000, 'fd00::1', 'fd00::/8')).toBeNull();
    expect(refused('müde.example', 80, '10.0.0.1', 'xn--mde-hoa.example')).toBeNull();
  });

  test('a name that is this machine by definition is not public, whatever a name server says', () => {
    expect(refused('sub.localhost', 80, '8.8.8.8')).toBe('loopback');
    expect(refused('localhost.', 80, '8.8.8.8')).toBe('loopback');
    expect(refused('notlocalhost', 80, '8.8.8.8')).toBeNull();
  });

  test('says which entries cannot be read', () => {
    expect(parseAllowList(['10.0.0.0/33', 'a b', 'host:0', 'host:99999', 'http://x', ' ', 'ok'])).toMatchObject({
      allowed: [{ host: 'ok' }],
      problems: ['10.0.0.0/33', 'a b', 'host:0', 'host:99999', 'http://x'],
    });
  });
});
