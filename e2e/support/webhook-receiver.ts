import { once } from 'node:events';
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { readPortalState } from './portal-state.ts';

interface ReceivedMessage {
  id: string;
  type: string;
  data: Record<string, unknown>;
}

export interface WebhookReceiver {
  url: string;
  /** Verified messages, oldest first. @throws Error for one whose signature does not hold. */
  messages(secret: string): ReceivedMessage[];
  /** The status of the answers to come, 204 until told. */
  answerWith(status: number): void;
  close(): Promise<void>;
}

/** A program at the one private address that the run's portal may send webhooks to. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const place = readPortalState().env.WEBHOOK_ALLOW_PRIVATE_HOSTS ?? '';
  const [host = '', port = ''] = place.split(':');
  const received: { headers: Record<string, string>; body: string }[] = [];
  let status = 204;
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    received.push({ headers: request.headers as Record<string, string>, body });
    response.writeHead(status).end();
  });
  server.listen(Number(port), host);
  await once(server, 'listening');
  return {
    url: `http://${place}/hook`,
    messages: (secret) =>
      received.map(({ headers, body }) => {
        const { type, data } = new Webhook(secret).verify(body, headers) as Omit<ReceivedMessage, 'id'>;
        return { id: headers['webhook-id'] ?? '', type, data };
      }),
    answerWith: (next) => {
      status = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
