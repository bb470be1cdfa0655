import { describe, expect, it } from 'vitest';
import { clientAddress, placeOf } from './client-address.ts';

describe('clientAddress', () => {
  it.each<[string, string, string | undefined, number, string]>([
    ['nobody forwards', '203.0.113.9', undefined, 0, '203.0.113.9'],
    ['a client forges the header', '203.0.113.9', '10.0.0.1', 0, '203.0.113.9'],
    ['one proxy', '10.0.0.2', '203.0.113.9', 1, '203.0.113.9'],
    ['one proxy, a forged entry before its own', '10.0.0.2', '1.1.1.1, 203.0.113.9', 1, '203.0.113.9'],
    ['two proxies', '10.0.0.3', '1.1.1.1, 203.0.113.9,10.0.0.2', 2, '203.0.113.9'],
    ['more trusted than there are', '10.0.0.2', '203.0.113.9', 5, '203.0.113.9'],
    ['a proxy that forwards nothing', '10.0.0.2', undefined, 1, '10.0.0.2'],
    ['words for addresses', '10.0.0.2', 'unknown, <script>', 1, '10.0.0.2'],
    ['IPv4 in IPv6', '::ffff:203.0.113.9', undefined, 0, '203.0.113.9'],
  ])('%s', (_what, socket, header, hops, address) => {
    expect(clientAddress(socket, header, hops)).toBe(address);
  });
});

describe('placeOf', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s is of %s', (address, place) => {
    expect(placeOf(address)).toBe(place);
  });
});
