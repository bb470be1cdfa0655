import { isIP } from 'node:net';
import { badRequest } from '#lib/errors.ts';
import { bareHost, hostAndPort, isPublicAddress } from './public-address.ts';

/**
 * Refuses what can be told from the text alone; names are looked up when something is sent (`publicLookup`).
 * @param allowedHosts `host:port` of receivers that may be private and without TLS.
 * @throws AppError 400.
 */
export function refuseBadUrl(text: string, allowedHosts: readonly string[]): void {
  const url = new URL(text);
  const refuse = (message: string) => badRequest([{ path: 'url', message }]);
  if (url.username || url.password) throw refuse('Leave the credentials out: messages are signed.');
  if (allowedHosts.includes(hostAndPort(url))) return;
  if (url.protocol !== 'https:') throw refuse('This must be https.');
  const host = bareHost(url);
  if (isIP(host) ? !isPublicAddress(host) : /(^|\.)(localhost|local|internal)\.?$/i.test(host)) {
    throw refuse('This address is private, or reserved: webhooks go to the public internet only.');
  }
}
