import { once } from 'node:events';
import type { Server } from 'node:http';
import { serveApi } from '#app/api/v2/serve-api.ts';
import { type Env, MAX_SHUTDOWN_GRACE_S } from '#lib/config/env.ts';
import { objectRefOfUrl } from '#lib/http/node-http-bridge.ts';
import { createLogger } from '#lib/logger.ts';
import { providersOf } from '#lib/runtime/auth-settings.ts';
import { openWebRuntime } from '#lib/runtime/open-web.ts';
import { whileAnswering } from '#lib/runtime/page-faults.ts';
import { shareWebRuntime } from '#lib/runtime/web.ts';
import { createWebServer } from '#lib/server/web-server.ts';
import { handleObjectRequest } from '#lib/storage/disk/http.ts';
import type { CommandIo } from '#scripts/cli/run-command.ts';
import { loadNext, type NextApp } from './load-next.ts';
import { warmUp } from './warm-up.ts';

/** What is under way when the web is stopped may take so long; an upload that is cut off then goes on where it stood. */
const DRAIN_BOUND_MS = 15_000;
/** After so long a web that was told to stop is ended: the longest grace, the bound, and closing. */
export const STOP_PATIENCE_MS = MAX_SHUTDOWN_GRACE_S * 1000 + DRAIN_BOUND_MS + 5000;

interface WebPlace {
  dir: string;
  isDevelopment: boolean;
}

/** Fails as the port does: taken, or not allowed. */
async function listen(server: Server, { PORT, HOSTNAME }: Env): Promise<void> {
  server.listen(PORT, HOSTNAME);
  await once(server, 'listening');
}

/**
 * The web: the server before Next, Next behind it, and the one runtime of both. Serves until the command is stopped,
 * then lets what is under way end (docs/adr/0027).
 */
export async function serveWeb(env: Env, { dir, isDevelopment }: WebPlace, { signal }: CommandIo): Promise<void> {
  const logger = createLogger(env.LOG_LEVEL, 'web');
  const runtime = openWebRuntime(env, logger, () => draining.isDraining());
  shareWebRuntime(runtime.get);
  let app: NextApp | undefined;
  const { server, draining } = createWebServer({
    env,
    logger,
    providers: providersOf(env).map(({ id }) => id),
    allowUpgrade: isDevelopment,
    openHost: async () => {
      const { rateLimit, payerOf, diskStore } = await runtime.get();
      return {
        rateLimit,
        payerOf,
        serveObject: async (request) =>
          diskStore
            ? handleObjectRequest(diskStore, request, objectRefOfUrl(request.url))
            : new Response(null, { status: 404 }),
      };
    },
    api: serveApi,
    next: (request, response) => whileAnswering(response, async () => app?.handle(request, response)),
  });
  app = await loadNext({ dir, isDevelopment, port: env.PORT, upgrades: isDevelopment ? server : undefined });
  if (!isDevelopment) await warmUp(app, serveApi, runtime.get);
  await listen(server, env);
  logger.info({ port: env.PORT }, 'web ready');
  // The first request need not wait for it; without its database the portal answers, too.
  runtime.get().catch((err) => logger.error({ err }, 'the portal could not be opened'));
  if (!signal.aborted) await once(signal, 'abort');
  logger.info('web stopping');
  const opened = await runtime.opened()?.catch(() => undefined);
  await draining.drain({
    graceMs: env.SHUTDOWN_GRACE_S * 1000,
    boundMs: DRAIN_BOUND_MS,
    onClosed: () => void opened?.deps.events.close(),
  });
  await app.close();
  await opened?.close();
  logger.info('web stopped');
}
