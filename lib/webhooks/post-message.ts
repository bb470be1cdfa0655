import { lookup as systemLookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { bareHost, hostAndPort, isPublicAddress, PrivateAddressError, publicLookup } from './public-address.ts';

const TIMEOUT_MS = 10_000;

export interface WebhookMessage {
  id: string;
  body: string;
}

export interface Postman {
  /**
   * Sends one message, signed as Standard Webhooks 1.0 says; the answer's status. Redirects are not followed, and
   * the answer's body is not read. @throws Error when no answer came, `PrivateAddressError` when none was asked for.
   */
  post(target: { url: string; secret: string }, message: WebhookMessage): Promise<number>;
}

interface PostmanOptions {
  /** `host:port` of receivers that may be private and without TLS. */
  allowedHosts: readonly string[];
  /** The boundary to DNS. */
  lookup?: LookupFunction;
  timeoutMs?: number;
}

const signed = (secret: string, { id, body }: WebhookMessage): Record<string, string> => {
  const now = new Date();
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'HeartBeat-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  };
};

/** Sends webhooks to receivers on the public internet, over TLS, and to no one else. */
export function createPostman({ allowedHosts, lookup, timeoutMs = TIMEOUT_MS }: PostmanOptions): Postman {
  const resolve: LookupFunction = lookup ?? systemLookup;
  return {
    post: ({ url: text, secret }, message) => {
      const url = new URL(text);
      const isAllowed = allowedHosts.includes(hostAndPort(url));
      const host = bareHost(url);
      // A socket asks nobody for the address of an address.
      const isRefused = !isAllowed && (url.protocol !== 'https:' || (isIP(host) !== 0 && !isPublicAddress(host)));
      if (isRefused) return Promise.reject(new PrivateAddressError());
      return new Promise<number>((resolveStatus, reject) => {
        const request = (url.protocol === 'https:' ? https : http).request(url, {
          method: 'POST',
          headers: signed(secret, message),
          lookup: isAllowed ? resolve : publicLookup(resolve),
          signal: AbortSignal.timeout(timeoutMs),
          agent: false,
        });
        request.on('error', reject);
        request.on('response', (response) => {
          resolveStatus(response.statusCode ?? 0);
          response.destroy();
        });
        request.end(message.body);
      });
    },
  };
}
