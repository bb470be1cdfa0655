import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readEnv } from '#lib/config/env.ts';
import { checkWebEnvironment } from '#lib/runtime/check-web-environment.ts';
import { isBuilt, WEB_SERVER } from './portal/build-web.ts';

/** `npm run start`: the built web, in this very process. */
checkWebEnvironment();
if (!(await isBuilt())) {
  process.stderr.write('error: there is no build of these sources; run "npm run build" first.\n');
  process.exit(1);
}
// Next's server moves into its own folder, and a relative store must not move with it.
process.env.MEDIA_DISK_ROOT = path.resolve(readEnv().MEDIA_DISK_ROOT);
process.chdir(path.dirname(WEB_SERVER));
await import(pathToFileURL(WEB_SERVER).href);
