import { isIP } from 'node:net';

/** IPv4 in an IPv6 coat, as sockets that listen on `::` show it. */
const plain = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * Who a request comes from: the socket's other end, or, behind `hops` proxies that are trusted, what the outermost of
 * them wrote down. Each proxy appends the address that it saw, so that a client's own entries only ever stand further left.
 * @param forwardedFor the `X-Forwarded-For` that came with the request.
 */
export function clientAddress(socketAddress: string, forwardedFor: string | undefined, hops: number): string {
  const seen = [...(forwardedFor ?? '').split(','), socketAddress].map(plain).filter((entry) => isIP(entry) !== 0);
  return seen.at(-1 - hops) ?? seen[0] ?? '';
}

/** What counts as one place: an IPv4 address, or the /64 that one IPv6 subscriber has to itself. */
export function placeOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = (address.toLowerCase().split('%')[0] ?? '').split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
