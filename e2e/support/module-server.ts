import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A page of an origin of its own, with the uploader's modules beside it as they are in the repository. */
export async function serveUploaderPage(): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const name = /^\/((?:lib|app)\/(?:[a-z_-]+\/)*[a-z-]+\.ts)$/.exec(request.url ?? '')?.[1];
    if (!name) {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Upload</title>');
      return;
    }
    const source = await readFile(path.join(ROOT, name), 'utf8').catch(() => null);
    response.writeHead(source === null ? 404 : 200, { 'Content-Type': 'text/javascript' });
    response.end(source === null ? '' : stripTypeScriptTypes(source).replaceAll("'#lib/", "'/lib/"));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
