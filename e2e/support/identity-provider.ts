import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from '#lib/db/local-postgres.ts';

export interface Person {
  email: string;
  email_verified: boolean;
  name?: string;
  roles?: string[];
}

export interface IdentityProvider {
  issuer: string;
  client: { id: string; secret: string };
  close(): Promise<void>;
}

interface ProviderOptions {
  /** Where the portal takes people back. */
  redirectUri: string;
  /** By what they type as their login, which is their subject too. */
  people: Record<string, Person>;
}

/** A certified OpenID Connect provider on loopback, with the login and consent pages that it brings for development. */
export async function startIdentityProvider({ redirectUri, people }: ProviderOptions): Promise<IdentityProvider> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const client = { id: 'portal', secret: 'a client secret that no log may show' };
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri] }],
    cookies: { keys: ['cookies of the tests'] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'roles'] },
    findAccount: (_context, sub) => {
      const person = people[sub];
      return person && { accountId: sub, claims: () => ({ sub, ...person }) };
    },
  });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (request.url === '/favicon.ico') response.writeHead(204).end();
    else void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    issuer,
    client,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
