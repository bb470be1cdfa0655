import { messageOf } from '#lib/errors.ts';
import { buildWeb } from './portal/build-web.ts';

/** `npm run build`: the web in standalone form, below `.next/standalone`. */
try {
  await buildWeb();
  process.stdout.write('Built: npm run start serves it.\n');
} catch (error) {
  process.stderr.write(`error: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
