import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { guardOf, TaggedError } from '#lib/errors.ts';

/** The name or address is not one of the public internet. Its message is for whoever set the webhook up. */
export class PrivateAddressError extends TaggedError {
  constructor() {
    super('PrivateAddressError', 'The address is private, or reserved: webhooks go to the public internet only.');
  }
}
export const isPrivateAddressError = guardOf<PrivateAddressError>('PrivateAddressError');

/** What is routed on the internet of IPv6 at all (RFC 4291, 2.4; IANA): also refuses IPv4 in other clothes. */
const GLOBAL_V6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * Whether an address is one of the public internet: not private, loopback, link-local (clouds' metadata is there),
 * unique-local, carrier-grade, multicast or reserved, nor such an IPv4 address mapped into IPv6.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(GLOBAL_V6);
}

/** The host of a URL as `dns` and `net` take it, IPv6 without brackets. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

/** `host:port` as the list of allowed private hosts names it. */
export const hostAndPort = (url: URL): string =>
  `${bareHost(url)}:${url.port || (url.protocol === 'http:' ? 80 : 443)}`;

/**
 * A `lookup` for sockets that refuses names which resolve to any address that is not public. It judges the very
 * addresses that the socket then connects to, so a name that resolves otherwise the second time changes nothing.
 */
export const publicLookup =
  (lookup: LookupFunction): LookupFunction =>
  (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const all = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }];
      const [first] = all;
      if (!first || !all.every(({ address }) => isPublicAddress(address))) {
        return callback(new PrivateAddressError(), '', 0);
      }
      return options.all ? callback(null, all) : callback(null, first.address, first.family);
    });
