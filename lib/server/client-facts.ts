import type { IncomingMessage } from 'node:http';
import { clientAddress } from '#lib/auth/client-address.ts';
import { type Env, isHttps, publicBaseUrl } from '#lib/config/env.ts';

/**
 * Sets right what a request says of where it comes from and goes to: Next shows its handlers no socket, and believes any
 * `X-Forwarded-*`. `X-Forwarded-For` is the client's one address, the host and protocol are the configured ones
 * (docs/adr/0021).
 */
export function createFactsCorrection(env: Env): (request: IncomingMessage) => void {
  const protocol = isHttps(env) ? 'https' : 'http';
  const { host } = new URL(publicBaseUrl(env));
  return ({ headers, socket }) => {
    const forwardedFor = headers['x-forwarded-for'];
    headers['x-forwarded-for'] = clientAddress(
      socket.remoteAddress ?? '',
      Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
      env.TRUSTED_PROXY_HOPS,
    );
    headers['x-forwarded-proto'] = protocol;
    delete headers.forwarded;
    delete headers['x-forwarded-port'];
    // A proxy may have put its own name into `Host`; without one there is nobody who could tell another name.
    if (env.TRUSTED_PROXY_HOPS > 0) headers['x-forwarded-host'] = host;
    else delete headers['x-forwarded-host'];
  };
}
