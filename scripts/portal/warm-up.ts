import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UserContext } from '#lib/auth/user-context.ts';
import { listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { listClips } from '#lib/clips/list-clips.ts';
import type { WebHandler } from '#lib/http/node-http-bridge.ts';
import type { WebRuntime } from '#lib/runtime/web.ts';
import { resolveApiKey } from '#lib/users/resolve-caller.ts';
import type { NextApp } from './load-next.ts';

/** A database or a store that is away holds up no start: the portal answers without them, too. */
const PATIENCE_MS = 5000;

/** Nobody is signed in to them. */
const RESOURCES = ['/api/v2/clips', '/api/v2/clips/none'];
const PAGES = ['/signin'];

/** Whoever this were, nobody is shown what they read. */
const NOBODY: UserContext = {
  userId: 'warm-up',
  role: 'admin',
  name: 'Warm-up',
  teamAccess: ['ALL'],
  preferences: {},
};

/** Connects to the database, and lets it read and plan what almost every request asks for. */
async function warmDatabase({ deps }: WebRuntime): Promise<void> {
  // What writes goes by Prisma, which loads its engine for its first statement.
  await deps.db.$queryRaw`SELECT 1`;
  // One after the other, on the one connection that the first request will have.
  await resolveApiKey(deps, 'none');
  for (const limit of ['24', '100']) await listClips(deps, NOBODY, listClipsQuerySchema.parse({ limit }));
}

/** Lets Next load its code, by requests that come from this process alone. */
async function warmNext(app: NextApp): Promise<void> {
  const server = createServer((request, response) => void app.handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  try {
    for (const path of PAGES) await (await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' })).text();
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** The first answers of the API, to this process alone. */
async function warmApi(api: WebHandler): Promise<void> {
  for (const path of RESOURCES) await (await api(new Request(`http://portal${path}`))).text();
}

/** Does once what the first request would wait for, before anybody can send one. What fails here is told by whoever asks. */
export async function warmUp(app: NextApp, api: WebHandler, openRuntime: () => Promise<WebRuntime>): Promise<void> {
  const warming = openRuntime().then((runtime) =>
    Promise.allSettled([warmDatabase(runtime), warmApi(api), warmNext(app)]),
  );
  await Promise.race([warming.catch(() => {}), sleep(PATIENCE_MS, undefined, { ref: false })]);
}
