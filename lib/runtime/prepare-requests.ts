import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Env, isHttps, publicBaseUrl } from '#lib/config/env.ts';
import { clientAddress } from '#lib/http/client-address.ts';

interface RequestStart {
  request: IncomingMessage;
  response: ServerResponse;
}

/** A year, as the preload lists ask. */
const HSTS = 'max-age=31536000; includeSubDomains';

/**
 * Node tells of every request before its server handles it (`http.server.request.start`, Node's manual, Diagnostics
 * Channel). Next shows its handlers no socket, and believes any `X-Forwarded-*`; so what they say is set right here:
 * `X-Forwarded-For` is the client's one address, the host and protocol are the configured ones (docs/adr/0021).
 */
export function prepareRequests(env: Env): void {
  const https = isHttps(env);
  const { host } = new URL(publicBaseUrl(env));
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as RequestStart;
    const { headers } = request;
    const forwardedFor = headers['x-forwarded-for'];
    headers['x-forwarded-for'] = clientAddress(
      request.socket.remoteAddress ?? '',
      Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
      env.TRUSTED_PROXY_HOPS,
    );
    headers['x-forwarded-proto'] = https ? 'https' : 'http';
    delete headers.forwarded;
    delete headers['x-forwarded-port'];
    // A proxy may have put its own name into `Host`; without one there is nobody who could tell another name.
    if (env.TRUSTED_PROXY_HOPS > 0) headers['x-forwarded-host'] = host;
    else delete headers['x-forwarded-host'];
    if (https) response.setHeader('Strict-Transport-Security', HSTS);
  });
}
